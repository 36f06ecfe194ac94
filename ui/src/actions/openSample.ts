/** Opens the bundled sample as a new map without a file. */
import { host } from "../ipc";
import { receiveProject } from "../state/receive";
import type { Action } from "./action";
import { attempt } from "./edit";

export const openSample: Action = {
  id: "openSample",
  label: "Open the sample",
  group: "File",
  key: null,
  scope: "window",
  enabled: () => true,
  run: async () => {
    const view = await attempt(() => host().openSample());
    if (view) receiveProject(view);
  },
};
