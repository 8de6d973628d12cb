// Whether a date is one: JavaScript takes the 30th of February for a day of March.

/** @param text `YYYY-MM-DD` */
export const isCalendarDay = (text: string): boolean => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};
