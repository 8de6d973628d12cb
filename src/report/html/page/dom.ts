// Described elements as DOM. Drawings stand in the file already: what the script builds is HTML alone.

import type { Element as Described } from '../element.js';

export const domOf = ({ tag, attributes, children }: Described): HTMLElement => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  for (const child of children) {
    if (child !== null) element.append(typeof child === 'string' ? child : domOf(child));
  }
  return element;
};
