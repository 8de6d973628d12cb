// How bad something is, as the first word of what a terminal shows of it.

import type picocolors from 'picocolors';
import type { Severity } from '../findings/model.js';
import { say } from '../lang/say.js';
import { padTo } from './width.js';

type Colours = ReturnType<typeof picocolors.createColors>;

export const badge = (severity: Severity, colours: Colours): string => {
  const text = padTo(say(severity.toUpperCase()), 8);
  switch (severity) {
    case 'critical':
      return colours.bold(colours.inverse(colours.red(text)));
    case 'high':
      return colours.bold(colours.red(text));
    case 'medium':
      return colours.yellow(text);
    case 'low':
      return colours.dim(text);
  }
};
