/** The class of tooltips in one line is the whole window's: what is told in several lines goes by another name. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const source = join(import.meta.dirname, "../../src");
const read = (name: string) => readFileSync(join(source, name), "utf8");

test("only what asks for the look of tooltips has it", () => {
  const shared = /^\.([\w-]+) \{/m.exec(read("kit/tooltip.css"))?.[1];
  const uses = new RegExp(`class="(?:[^"]* )?${shared}[ "]`);
  const components = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".svelte"),
  );
  const users = components.filter((name) => uses.test(read(name)));
  expect(users.sort()).toEqual(components.filter((name) => read(name).includes('tooltip.css"')).sort());
  expect(users).not.toHaveLength(0);
});
