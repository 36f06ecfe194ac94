/** What happy-dom lacks and the interface asks for when it starts. */
import { cleanup } from "@testing-library/svelte";
import { afterEach } from "vitest";

afterEach(() => cleanup());

Element.prototype.scrollIntoView ??= () => {};
