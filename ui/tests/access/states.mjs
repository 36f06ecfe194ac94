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

const toMap = (page) => page.getByRole("application").focus();

/** Brings the selected card to the middle of the map, and the pointer upon it. */
const pointAtSelected = async (page) => {
  await command("zoom to the selection")(page);
  const box = await page.getByRole("application").boundingBox();
  await page.mouse.move(box.x + box.width / 2 + 4, box.y + box.height / 2 + 4, { steps: 3 });
  await page.getByRole("tooltip").waitFor();
};

/** A defect of the program is told in the dialog that tells every problem. */
const fail = async (page) => {
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error("The step was not finished");
    });
  });
  await page.getByRole("dialog").waitFor();
};

/** From the start screen to a map on which the first question has one answer. */
const firstDestination = [
  press("Control+n"),
  (page) => page.getByRole("dialog").getByRole("textbox").waitFor(),
  press("Enter"),
  (page) => page.getByRole("button", { name: "Store" }).click(),
  (page) => page.getByRole("region", { name: "Where else should people end up?" }).waitFor(),
];

/** On in a presentation until the part of the story is reached. */
const toStep = (part) => [
  async (page) => {
    const head = page.getByRole("group", { name: "Presentation" });
    for (let step = 0; step < 40; step += 1) {
      if (part.test(((await head.textContent()) ?? "").trim())) return;
      await page.keyboard.press("ArrowRight");
    }
    throw new Error(`No step of ${part}`);
  },
];

/** Fills one ready slot after the other, by key. */
const fillSlots = async (page) => {
  await toMap(page);
  await page.keyboard.press("s");
  for (let count = 1; count <= 3; count += 1) {
    await page.keyboard.press("Enter");
    await page.getByText(`${count} link`).first().waitFor();
  }
};

/**
 * `map`: an example by name; none: the start screen. `team`: others have worked on it. `contrast`: "more" where a
 * person has asked the system for it.
 */
export const states = [
  { name: "start", map: null, steps: [] },
  { name: "start, narrow", map: null, steps: [], viewport: narrow },
  { name: "new map dialog", map: null, steps: [press("Control+n")] },
  { name: "map", map: "showcase", steps: [] },
  { name: "map, narrow", map: "showcase", steps: [], viewport: narrow },
  { name: "map without touchpoints", map: "empty", steps: [] },
  { name: "first destination", map: null, steps: firstDestination },
  { name: "ready slots", map: null, steps: [...firstDestination, fillSlots] },
  { name: "examples", map: null, steps: [(page) => page.getByRole("button", { name: /^Open an example/ }).click()] },
  { name: "link selected", map: "showcase", steps: [select("Kitchen planner"), toMap, press("k")] },
  { name: "linking", map: "showcase", steps: [select("Kitchen planner"), press("l")] },
  {
    name: "menu of an outline row",
    map: "showcase",
    steps: [(page) => page.getByRole("treeitem", { name: "Kitchen planner", exact: true }).click({ button: "right" })],
  },
  {
    name: "lanes",
    map: "showcase",
    steps: [toMap, press("Alt+3"), (page) => page.getByRole("list", { name: /^Lanes/ }).waitFor()],
  },
  {
    name: "folded stage",
    map: "showcase",
    steps: [
      select("Kitchen planner"),
      toMap,
      press("Shift+f"),
      (page) => page.getByRole("button", { name: /^Unfold/ }).waitFor(),
    ],
  },
  {
    name: "columns by distance",
    map: "showcase",
    steps: [toMap, press("Alt+5"), (page) => page.getByText("Destinations", { exact: true }).first().waitFor()],
  },
  {
    name: "one stage alone",
    map: "showcase",
    steps: [(page) => page.getByRole("toolbar", { name: "Stages" }).getByRole("button").nth(1).click()],
  },
  {
    name: "stage renamed in the strip",
    map: "showcase",
    steps: [(page) => page.getByRole("toolbar", { name: "Stages" }).getByRole("button").nth(1).press("F2")],
  },
  {
    name: "menu of a stage",
    map: "showcase",
    steps: [
      (page) => page.getByRole("toolbar", { name: "Stages" }).getByRole("button").nth(1).click({ button: "right" }),
    ],
  },
  { name: "several selected", map: "showcase", steps: [toMap, press("Control+a")] },
  { name: "high contrast", map: "showcase", steps: [command("high contrast"), select("Kitchen planner")] },
  { name: "high contrast, gaps", map: "showcase", steps: [command("high contrast"), gapsTab, press("F8")] },
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
    name: "only what is live",
    map: "showcase",
    steps: [
      select("Kitchen planner"),
      (page) => page.getByRole("combobox", { name: "Status" }).selectOption("planned"),
      gapsTab,
      (page) => page.getByRole("switch", { name: "Only what is live" }).click(),
      (page) => page.getByRole("complementary", { name: "Reading" }).waitFor(),
    ],
  },
  {
    name: "framework menu",
    map: "showcase",
    steps: [(page) => page.getByRole("button", { name: /^Framework:/ }).click()],
  },
  { name: "team at one file", map: "showcase", team: true, steps: [] },
  {
    name: "conflicts",
    map: "showcase",
    team: true,
    steps: [command("show the conflicts"), (page) => page.getByRole("button", { name: "Keep" }).first().waitFor()],
  },
  { name: "conflicts, narrow", map: "showcase", team: true, steps: [command("show the conflicts")], viewport: narrow },
  { name: "history", map: "showcase", team: true, steps: [press("Control+h")] },
  { name: "naming a version", map: "showcase", team: true, steps: [command("keep this version")] },
  {
    name: "backups",
    map: "showcase",
    team: true,
    steps: [press("Control+h"), (page) => page.getByRole("radio", { name: "Backups" }).click()],
  },
  {
    name: "steps of the history",
    map: "showcase",
    team: true,
    steps: [
      press("Control+h"),
      (page) => page.getByRole("radio", { name: "Steps" }).click(),
      (page) => page.getByRole("button", { name: /Change budget/ }).click(),
    ],
  },
  {
    name: "looking at a version",
    map: "showcase",
    team: true,
    steps: [
      press("Control+h"),
      (page) => page.getByRole("button", { name: /As presented/ }).click(),
      (page) => page.getByRole("complementary", { name: "Reading" }).waitFor(),
    ],
  },
  {
    name: "comparing with a version",
    map: "showcase",
    team: true,
    steps: [
      press("Control+h"),
      (page) => page.getByRole("button", { name: /First draft/ }).click(),
      (page) => page.getByRole("button", { name: "Compare with now" }).first().click(),
      (page) => page.getByRole("button", { name: "Swap the two" }).waitFor(),
    ],
  },
  {
    name: "comparing, pointing at a difference",
    map: "showcase",
    team: true,
    steps: [
      press("Control+h"),
      (page) => page.getByRole("button", { name: /First draft/ }).click(),
      (page) => page.getByRole("button", { name: "Compare with now" }).first().click(),
      (page) => page.locator("[data-difference='touchpoint/town-hall']").hover(),
    ],
  },
  { name: "palette", map: "showcase", steps: [press("Control+k")] },
  { name: "find", map: "showcase", steps: [press("Control+f")] },
  { name: "shortcuts", map: "showcase", steps: [press("?")] },
  {
    name: "shortcuts being changed",
    map: "showcase",
    steps: [
      press("?"),
      (page) => page.getByRole("button", { name: "Change keys", exact: true }).click(),
      (page) => page.getByRole("button", { name: /^Change the keys of Duplicate,/ }).click(),
      press("l"),
      (page) => page.getByRole("button", { name: /^Change the keys of Rename,/ }).click(),
    ],
  },
  { name: "about", map: "showcase", steps: [command("about")] },
  { name: "picker", map: "showcase", steps: [press("d")] },
  {
    name: "several selected",
    map: "showcase",
    steps: [
      select("Kitchen planner"),
      async (page) => {
        const rows = page.locator("[role=treeitem][aria-level='2']");
        for (const at of [0, 1]) await rows.nth(at).click({ modifiers: ["Control"] });
      },
    ],
  },
  { name: "all selected", map: "showcase", steps: [toMap, press("Control+a")] },
  {
    name: "menu of a card",
    map: "showcase",
    steps: [select("Kitchen planner"), toMap, press("Shift+F10"), (page) => page.getByRole("menu").waitFor()],
  },
  {
    name: "menu of a stage",
    map: "showcase",
    steps: [
      (page) => page.locator("button[data-stop]").first().click({ button: "right" }),
      (page) => page.getByRole("menu").waitFor(),
    ],
  },
  {
    name: "menu of the ground",
    map: "showcase",
    steps: [toMap, press("Shift+F10"), (page) => page.getByRole("menu").waitFor()],
  },
  {
    name: "renaming",
    map: "showcase",
    steps: [
      select("Kitchen planner"),
      toMap,
      press("F2"),
      (page) => page.getByRole("textbox", { name: "Name of the touchpoint" }).waitFor(),
    ],
  },
  { name: "tooltip", map: "showcase", steps: [select("Kitchen planner"), pointAtSelected] },
  {
    name: "message with undo",
    map: "showcase",
    steps: [
      select("Kitchen planner"),
      toMap,
      press("Delete"),
      (page) => page.getByRole("button", { name: "Dismiss message" }).waitFor(),
    ],
  },
  { name: "problem", map: "showcase", steps: [fail] },
  {
    name: "export",
    map: "showcase",
    steps: [command("export…"), (page) => page.getByRole("group", { name: "Preview" }).waitFor()],
  },
  {
    name: "export, narrow",
    map: "showcase",
    viewport: narrow,
    steps: [command("export…"), (page) => page.getByRole("group", { name: "Preview" }).waitFor()],
  },
  {
    name: "import",
    map: "showcase",
    steps: [command("import…"), (page) => page.getByRole("dialog", { name: /^Import/ }).waitFor()],
  },
  { name: "map, more contrast", map: "showcase", contrast: "more", steps: [select("Kitchen planner")] },
  { name: "gaps, more contrast", map: "showcase", contrast: "more", steps: [gapsTab] },
  { name: "coverage, more contrast", map: "showcase", contrast: "more", steps: [press("Control+2")] },
  {
    name: "menu of a card by key",
    map: "showcase",
    steps: [select("Bring a friend"), toMap, press("Shift+F10"), (page) => page.getByRole("menu").waitFor()],
  },
  { name: "flow on links", map: "numbers", steps: [select("Kitchen planner")] },
  {
    name: "minimap by keyboard",
    map: "showcase",
    steps: [
      command("zoom to 100"),
      (page) => page.getByRole("group", { name: /^Minimap/ }).focus(),
      press("ArrowRight", "ArrowDown"),
    ],
  },
  { name: "presenting, the whole map", map: "showcase", steps: [press("F5")] },
  { name: "presenting, a stage", map: "showcase", steps: [press("F5"), ...toStep(/^Stage/)] },
  { name: "presenting, a gap", map: "showcase", steps: [press("F5", "End")], contrast: "more" },
  {
    name: "presenting, a narrow window",
    map: "showcase",
    steps: [press("F5"), ...toStep(/^Direct/)],
    viewport: narrow,
  },
];
