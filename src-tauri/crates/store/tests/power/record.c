/* Records what a program does to files in one folder, in order: a library that is loaded before
 * the C library (LD_PRELOAD), notes each call that changes something, and passes it on.
 *
 * BACKCAST_RECORD_FOLDER: only files below it. BACKCAST_RECORD: the file that is written, a list of
 * events in the byte order of the machine:
 *   kind (1 byte), length of the path (4), length of the second path (4), offset (8), length of the
 *   data (8), then the path, the second path, the data.
 * Kinds: c created, w written, t cut to a length, s synced, r renamed, u removed, m folder made,
 * d folder removed. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { DESCRIPTORS = 1024 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char *paths[DESCRIPTORS];
static int record = -1;
static char folder[PATH_MAX];

static void put(const void *bytes, size_t length) {
    const char *at = bytes;
    while (length > 0) {
        ssize_t done = syscall(SYS_write, record, at, length);
        if (done <= 0) abort();
        at += done;
        length -= (size_t)done;
    }
}

static void note(char kind, const char *path, const char *second, uint64_t offset,
                 const void *data, uint64_t length) {
    uint32_t sizes[2] = {(uint32_t)strlen(path), second ? (uint32_t)strlen(second) : 0};
    put(&kind, 1);
    put(sizes, sizeof sizes);
    put(&offset, sizeof offset);
    put(&length, sizeof length);
    put(path, sizes[0]);
    if (second) put(second, sizes[1]);
    if (data) put(data, length);
}

__attribute__((constructor)) static void begin(void) {
    const char *file = getenv("BACKCAST_RECORD"), *root = getenv("BACKCAST_RECORD_FOLDER");
    if (!file || !root || !realpath(root, folder)) return;
    record = (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

/* The whole path, when it is one to record. */
static char *recorded(int at, const char *path, char *whole) {
    if (record < 0) return NULL;
    if (path[0] == '/') {
        strncpy(whole, path, PATH_MAX - 1);
        whole[PATH_MAX - 1] = 0;
    } else if (at == AT_FDCWD) {
        if (!getcwd(whole, PATH_MAX) || strlen(whole) + strlen(path) + 2 > PATH_MAX) return NULL;
        strcat(strcat(whole, "/"), path);
    } else if (at >= 0 && at < DESCRIPTORS && paths[at]) {
        if (strlen(paths[at]) + strlen(path) + 2 > PATH_MAX) return NULL;
        strcat(strcat(strcpy(whole, paths[at]), "/"), path);
    } else {
        return NULL;
    }
    size_t length = strlen(folder);
    return strncmp(whole, folder, length) == 0 && (whole[length] == '/' || whole[length] == 0) ? whole : NULL;
}

static const char *path_of(int descriptor) {
    return record >= 0 && descriptor >= 0 && descriptor < DESCRIPTORS ? paths[descriptor] : NULL;
}

static int opened(int at, const char *path, int flags, mode_t mode) {
    char whole[PATH_MAX];
    char *name = recorded(at, path, whole);
    if (!name) return (int)syscall(SYS_openat, at, path, flags, mode);
    pthread_mutex_lock(&lock);
    struct stat facts;
    int there = stat(name, &facts) == 0;
    int descriptor = (int)syscall(SYS_openat, at, path, flags, mode);
    if (descriptor >= 0 && descriptor < DESCRIPTORS) {
        free(paths[descriptor]);
        paths[descriptor] = strdup(name);
        if (!there && (flags & O_CREAT)) note('c', name, NULL, 0, NULL, 0);
        if (there && (flags & O_TRUNC) && facts.st_size > 0) note('t', name, NULL, 0, NULL, 0);
    }
    pthread_mutex_unlock(&lock);
    return descriptor;
}

#define MODE(flags)                         \
    mode_t mode = 0;                        \
    if ((flags) & (O_CREAT | O_TMPFILE)) {  \
        va_list rest;                       \
        va_start(rest, flags);              \
        mode = (mode_t)va_arg(rest, int);   \
        va_end(rest);                       \
    }

int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags) return opened(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags) return opened(at, path, flags | O_LARGEFILE, mode); }

int close(int descriptor) {
    if (path_of(descriptor)) {
        pthread_mutex_lock(&lock);
        free(paths[descriptor]);
        paths[descriptor] = NULL;
        pthread_mutex_unlock(&lock);
    }
    return (int)syscall(SYS_close, descriptor);
}

static void written(int descriptor, const void *data, ssize_t length, off_t offset) {
    if (length > 0) note('w', path_of(descriptor), NULL, (uint64_t)offset, data, (uint64_t)length);
}

ssize_t write(int descriptor, const void *data, size_t length) {
    if (!path_of(descriptor)) return syscall(SYS_write, descriptor, data, length);
    pthread_mutex_lock(&lock);
    off_t offset = syscall(SYS_fcntl, descriptor, F_GETFL) & O_APPEND
        ? syscall(SYS_lseek, descriptor, 0, SEEK_END)
        : syscall(SYS_lseek, descriptor, 0, SEEK_CUR);
    ssize_t done = syscall(SYS_write, descriptor, data, length);
    written(descriptor, data, done, offset);
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
    if (!path_of(descriptor)) return syscall(SYS_writev, descriptor, parts, count);
    ssize_t all = 0;
    for (int part = 0; part < count; part++) {
        ssize_t done = write(descriptor, parts[part].iov_base, parts[part].iov_len);
        if (done < 0) return all > 0 ? all : done;
        all += done;
        if ((size_t)done < parts[part].iov_len) break;
    }
    return all;
}

ssize_t pwrite64(int descriptor, const void *data, size_t length, off64_t offset) {
    if (!path_of(descriptor)) return syscall(SYS_pwrite64, descriptor, data, length, offset);
    pthread_mutex_lock(&lock);
    ssize_t done = syscall(SYS_pwrite64, descriptor, data, length, offset);
    written(descriptor, data, done, offset);
    pthread_mutex_unlock(&lock);
    return done;
}
ssize_t pwrite(int descriptor, const void *data, size_t length, off_t offset) {
    return pwrite64(descriptor, data, length, offset);
}

static int simple(char kind, int descriptor, uint64_t offset, int result) {
    if (result == 0 && path_of(descriptor)) {
        pthread_mutex_lock(&lock);
        note(kind, path_of(descriptor), NULL, offset, NULL, 0);
        pthread_mutex_unlock(&lock);
    }
    return result;
}
int fsync(int descriptor) { return simple('s', descriptor, 0, (int)syscall(SYS_fsync, descriptor)); }
int fdatasync(int descriptor) { return simple('s', descriptor, 0, (int)syscall(SYS_fdatasync, descriptor)); }
int ftruncate64(int descriptor, off64_t length) {
    return simple('t', descriptor, (uint64_t)length, (int)syscall(SYS_ftruncate, descriptor, length));
}
int ftruncate(int descriptor, off_t length) { return ftruncate64(descriptor, length); }

static int named(char kind, int at, const char *path, int at_second, const char *second, int result) {
    char whole[PATH_MAX], other[PATH_MAX];
    char *name = recorded(at, path, whole);
    if (result == 0 && name) {
        pthread_mutex_lock(&lock);
        note(kind, name, second ? recorded(at_second, second, other) : NULL, 0, NULL, 0);
        pthread_mutex_unlock(&lock);
    }
    return result;
}
int rename(const char *from, const char *to) {
    return named('r', AT_FDCWD, from, AT_FDCWD, to, (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}
int unlink(const char *path) {
    return named('u', AT_FDCWD, path, 0, NULL, (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}
int unlinkat(int at, const char *path, int flags) {
    return named(flags & AT_REMOVEDIR ? 'd' : 'u', at, path, 0, NULL, (int)syscall(SYS_unlinkat, at, path, flags));
}
int rmdir(const char *path) {
    return named('d', AT_FDCWD, path, 0, NULL, (int)syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR));
}
int mkdir(const char *path, mode_t mode) {
    return named('m', AT_FDCWD, path, 0, NULL, (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode));
}
