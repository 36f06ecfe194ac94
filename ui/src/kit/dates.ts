/** Days as people read them: "22 Nov 2026", in their own language. What is no date is shown as it stands. */
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

/** Of "2026-11-22", which is the same day everywhere, or of a point in time, which is a day where one is. */
export function shownDay(text: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return text;
  return (/^\d{4}-\d{2}-\d{2}$/.test(text) ? day : moment).format(date);
}
