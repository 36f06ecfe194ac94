/** A line that wraps is still one line: Enter commits it, and what is pasted loses its line ends. */
import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import TextField from "../../src/kit/TextField.svelte";

function field(oncommit = vi.fn()): { field: HTMLTextAreaElement; oncommit: typeof oncommit } {
  const check = (text: string) => (text === "" ? "It needs a name." : "");
  render(TextField, { props: { label: "Name", value: "Old", subject: "one", wraps: true, check, oncommit } });
  return { field: screen.getByLabelText<HTMLTextAreaElement>("Name"), oncommit };
}

test("Enter commits, and leaves no line end behind", async () => {
  const { field: name, oncommit } = field();
  await fireEvent.input(name, { target: { value: "New" } });
  expect(await fireEvent.keyDown(name, { key: "Enter" })).toBe(false);
  expect(oncommit).toHaveBeenCalledExactlyOnceWith("New", "one", "Old");
});

test("what is pasted becomes one line, with the caret where it was", async () => {
  const { field: name, oncommit } = field();
  name.value = "First\r\n  second\nlast";
  name.setSelectionRange(15, 15);
  await fireEvent.input(name);
  expect(name.value).toBe("First second last");
  expect(name.value.slice(0, name.selectionEnd)).toBe("First second");
  await fireEvent.blur(name);
  expect(oncommit).toHaveBeenCalledExactlyOnceWith("First second last", "one", "Old");
});

test.each([
  ["typed", true, false, [["insertText", false, "First second"]]],
  ["left to the field where it cannot be typed", false, true, [["insertText", false, "First second"]]],
])("what is pasted is %s, so that it can be undone", async (_, can, goesOn, commands) => {
  const { field: name } = field();
  const command = vi.fn(() => can);
  Object.assign(document, { execCommand: command });
  const paste = (data: string) =>
    name.dispatchEvent(
      new InputEvent("beforeinput", { inputType: "insertFromPaste", data, bubbles: true, cancelable: true }),
    );
  expect(paste("one line")).toBe(true);
  expect(paste("First\n  second")).toBe(goesOn);
  expect(command.mock.calls).toEqual(commands);
  Object.assign(document, { execCommand: undefined });
});

test("what is wrong is said and not committed; the field is as high as what is typed", async () => {
  const { field: name, oncommit } = field();
  await fireEvent.input(name, { target: { value: "" } });
  expect(name.getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByText("It needs a name.").id).toBe(name.getAttribute("aria-describedby"));
  await fireEvent.input(name, { target: { value: "Long" } });
  expect(name.parentElement?.dataset.text).toBe("Long");
  await fireEvent.keyDown(name, { key: "Escape" });
  expect(name.value).toBe("Old");
  expect(oncommit).not.toHaveBeenCalled();
});
