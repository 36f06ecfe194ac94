/** Days as people read them: "22 Nov 2026", in their own language. What is no date is shown as it stands. */
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

/** Of "2026-11-22", which is the same day everywhere, or of a point in time, which is a day where one is. */
export function shownDay(text: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return text;
  return (/^\d{4}-\d{2}-\d{2}$/.test(text) ? day : moment).format(date);
}

const dayOfThisYear = new Intl.DateTimeFormat(undefined, {
  month: "short",
  day: "numeric",
  hour: "numeric",
  minute: "2-digit",
});
const time = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** A point in time: "10:15" of today, "22 Nov, 10:15" of this year, "22 Nov 2025, 10:15" of any other. */
export function shownTime(text: string, now: Date = new Date()): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return text;
  if (date.toDateString() === now.toDateString()) return time.format(date);
  return (date.getFullYear() === now.getFullYear() ? dayOfThisYear : dayAndTime).format(date);
}

/** The time of day of a point in time: "10:15". */
export function shownClock(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : time.format(date);
}

/** A point in time with its day, whichever it is. */
export function shownMoment(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : dayAndTime.format(date);
}

const oneDay = 86_400_000;
/** The calendar of date fields ends here. */
const lastDay = "9999-12-31";

/** How many days from one day to another: 1 from "2026-02-28" to "2026-03-01". */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / oneDay);
}

/** The day so many days later, or earlier when there are fewer than none. */
export function daysAfter(day: string, days: number): string {
  const text = new Date(Date.parse(day) + days * oneDay).toISOString();
  return /^\d{4}-/.test(text) ? text.slice(0, lastDay.length) : lastDay;
}
