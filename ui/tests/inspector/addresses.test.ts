import { expect, test } from "vitest";
import { addressesIn } from "../../src/inspector/addresses";

test.each([
  [null, []],
  ["Nothing here, not even example.org", []],
  ["See https://example.org/a?b=1#c. And (http://example.org)!", ["https://example.org/a?b=1#c", "http://example.org"]],
  ["mailto:ann@example.org, twice: mailto:ann@example.org", ["mailto:ann@example.org"]],
  ["javascript:alert(1) file:///etc/passwd data:text/html,x", []],
  ['<a href="https://example.org">x</a>', ["https://example.org"]],
])("addresses in %j", (text, found) => {
  expect(addressesIn(text)).toEqual(found);
});
