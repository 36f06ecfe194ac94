/** The start of the interface: chooses the host, then shows the window. Nothing else happens here. */
import "@fontsource-variable/inter/wght.css";
import "./style/tokens.css";
import "./style/base.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { setHost } from "./ipc";
import { chooseHost } from "./ipc/chooseHost";
import { keys } from "./state/keys.svelte";
import { panes } from "./state/panes.svelte";

panes.restore();
keys.restore();
setHost(await chooseHost());
const target = document.getElementById("app");
if (target) mount(App, { target });
