/** Ids for rows that are inserted together with what refers to them: readable first, unique by six random characters. */
const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

export function freshId(name: string): string {
  return `${slug(name) || "row"}-${randomTail(6)}`;
}

function slug(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 24)
    .replace(/-+$/, "");
}

function randomTail(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return [...bytes].map((byte) => alphabet[byte % alphabet.length]).join("");
}
