/** The views and states of the interface that are looked at, and how a person gets there. */

const narrow = { width: 1024, height: 700 };

const press =
  (...keys) =>
  async (page) => {
    for (const key of keys) await page.keyboard.press(key);
  };

/** Runs a command by its name, as a person would. */
const command = (name) => async (page) => {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Commands" }).fill(name);
  await page.keyboard.press("Enter");
};

const gapsTab = (page) => page.getByRole("tab", { name: /^Gaps/ }).click();

const select = (name) => (page) => page.getByRole("treeitem", { name, exact: true }).click();

/** `map`: an example by name; none: the start screen. */
export const states = [
  { name: "start", map: null, steps: [] },
  { name: "start, narrow", map: null, steps: [], viewport: narrow },
  { name: "new map dialog", map: null, steps: [press("Control+n")] },
  { name: "map", map: "showcase", steps: [] },
  { name: "map, narrow", map: "showcase", steps: [], viewport: narrow },
  { name: "map without touchpoints", map: "empty", steps: [] },
  { name: "touchpoint selected", map: "showcase", steps: [select("Kitchen planner")] },
  { name: "gaps", map: "showcase", steps: [gapsTab] },
  {
    name: "gap explained",
    map: "showcase",
    steps: [
      gapsTab,
      press("F8"),
      (page) =>
        page
          .getByRole("button", { name: /^Why\?/ })
          .nth(1)
          .click(),
    ],
  },
  {
    name: "dismissed and not assessed",
    map: "showcase",
    steps: [
      gapsTab,
      (page) => page.getByRole("button", { name: /^Dismissed/ }).click(),
      (page) => page.getByRole("button", { name: /^Not assessed/ }).click(),
    ],
  },
  {
    name: "dismissing",
    map: "showcase",
    steps: [gapsTab, (page) => page.getByRole("button", { name: "Dismiss…" }).first().click()],
  },
  { name: "fixes of a gap", map: "showcase", steps: [gapsTab, press("F8", "Control+.")] },
  { name: "rules", map: "showcase", steps: [gapsTab, command("rules")] },
  { name: "rules, narrow", map: "showcase", steps: [command("rules")], viewport: narrow },
  {
    name: "rule explained",
    map: "showcase",
    steps: [command("rules"), (page) => page.getByRole("button", { name: "No call to action", exact: true }).click()],
  },
  {
    name: "rules that are off",
    map: "showcase",
    steps: [command("rules"), (page) => page.getByRole("radio", { name: "Off" }).click()],
  },
  { name: "coverage", map: "showcase", steps: [press("Control+2")] },
  { name: "coverage, narrow", map: "showcase", steps: [press("Control+2")], viewport: narrow },
  {
    name: "coverage with touchpoints",
    map: "showcase",
    steps: [press("Control+2"), (page) => page.getByRole("radio", { name: "Touchpoints" }).click()],
  },
  { name: "coverage to be filled in", map: "agency-schematic", steps: [press("Control+2")] },
  {
    name: "choosing a framework",
    map: "showcase",
    steps: [command("read as another")],
  },
  {
    name: "reading",
    map: "showcase",
    steps: [
      command("read as another"),
      async (page) => {
        await page.getByRole("combobox", { name: "Read as another framework" }).fill("Customer lifecycle");
        await page.keyboard.press("Enter");
        await page.getByRole("complementary", { name: "Reading" }).waitFor();
      },
    ],
  },
  {
    name: "framework menu",
    map: "showcase",
    steps: [(page) => page.getByRole("button", { name: /^Framework:/ }).click()],
  },
  { name: "palette", map: "showcase", steps: [press("Control+k")] },
  { name: "find", map: "showcase", steps: [press("Control+f")] },
  { name: "shortcuts", map: "showcase", steps: [press("?")] },
  { name: "about", map: "showcase", steps: [command("about")] },
  { name: "picker", map: "showcase", steps: [press("d")] },
];
