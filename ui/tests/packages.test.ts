/** What is installed is what the lock file names: the two lists of packages agree. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** Tests run in the folder of the interface. */
const read = (name: string) => JSON.parse(readFileSync(name, "utf8"));

test("the lock file is of this list of packages", () => {
  const wanted = read("package.json");
  const locked = read("package-lock.json").packages[""];
  expect(locked.dependencies).toEqual(wanted.dependencies);
  expect(locked.devDependencies).toEqual(wanted.devDependencies);
});

test("every version is exact", () => {
  const { dependencies, devDependencies } = read("package.json");
  for (const version of Object.values({ ...dependencies, ...devDependencies }))
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
});
