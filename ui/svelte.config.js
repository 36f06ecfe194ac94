/** How Svelte is compiled: runes everywhere, styles in files of their own kind (no inline script ever). */
export default {
  compilerOptions: { runes: true },
};
