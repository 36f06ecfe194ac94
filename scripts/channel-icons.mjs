/**
 * Writes assets/channel-icons.json: which picture each channel has, and the shapes of these pictures and of the marks
 * on cards, taken from the Lucide set that the interface uses. Run it from anywhere (`node scripts/channel-icons.mjs`) when a channel comes or the
 * set is renewed; the result is committed, and both the interface and the writers of pictures read it.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const root = new URL("..", import.meta.url);
const require = createRequire(new URL("ui/package.json", root));
const lucide = require("lucide");
const { version } = JSON.parse(readFileSync(new URL("ui/node_modules/lucide/package.json", root), "utf8"));

/** The picture of a channel that a planner typed freely. */
const plain = "CircleDot";
const channels = {
  account: "CircleUser",
  affiliates: "Handshake",
  "ai-assistant": "Bot",
  app: "Smartphone",
  audio: "Headphones",
  chat: "MessagesSquare",
  cinema: "Clapperboard",
  community: "Users",
  "content-hub": "Newspaper",
  "cross-network": "Network",
  direct: "Keyboard",
  "direct-mail": "Mailbox",
  display: "Image",
  email: "Mail",
  event: "Calendar",
  form: "ClipboardPen",
  "help-centre": "LifeBuoy",
  influencer: "UserStar",
  kiosk: "Monitor",
  "landing-page": "LayoutTemplate",
  "loyalty-programme": "Heart",
  marketplace: "Blocks",
  microsite: "PanelsTopLeft",
  "mobile-push": "Bell",
  "organic-search": "Search",
  "organic-shopping": "Tags",
  "organic-social": "MessageCircle",
  "organic-video": "Video",
  outdoor: "Signpost",
  packaging: "Package",
  "paid-search": "Search",
  "paid-shopping": "ShoppingBag",
  "paid-social": "MessageCircle",
  "paid-video": "Film",
  partner: "Handshake",
  phone: "Phone",
  podcast: "Mic",
  "point-of-sale": "ShoppingBasket",
  pr: "Megaphone",
  print: "Printer",
  radio: "Radio",
  receipt: "Receipt",
  referral: "Link2",
  retargeting: "Repeat",
  "review-site": "Star",
  "sales-rep": "User",
  sampling: "Gift",
  sms: "MessageSquare",
  store: "Store",
  tv: "Tv",
  "web-shop": "ShoppingCart",
  website: "Globe",
  "word-of-mouth": "Ear",
};

/** The small marks on a card: put there by the planner, and a note left on it. */
const marks = ["Pin", "StickyNote"];

/** How Lucide itself spells the name of a picture: circle-dot. */
const spelt = (name) => name.replace(/(?<!^)(?=[A-Z])|(?<=[a-z])(?=[0-9])/g, "-").toLowerCase();

const names = [...new Set([plain, ...marks, ...Object.values(channels)])].sort();
const icons = names.map((name) => [
  spelt(name),
  lucide[name].map(([tag, { key: _, ...attributes }]) => [tag, attributes]),
]);

// One picture a line: a diff then shows which one changed.
const line = ([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`;
const text = `{
  "source": "Lucide ${version}, ISC License, Copyright (c) Lucide Icons and Contributors",
  "plain": ${JSON.stringify(spelt(plain))},
  "channels": {
${Object.entries(channels)
  .map(([channel, name]) => line([channel, spelt(name)]))
  .join(",\n")}
  },
  "icons": {
${icons.map(line).join(",\n")}
  }
}
`;
writeFileSync(new URL("assets/channel-icons.json", root), text);
