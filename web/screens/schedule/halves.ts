/** What is said for this interview by halves, and so is no question yet: somebody without an address, say. */
import type { Schemas } from '../../hub/client.ts';

type Layer = Schemas['Layer'];

const isFilled = (text: string | undefined): boolean => (text ?? '').trim() !== '';

const isWhole = (name: string, layer: Layer): boolean => {
  switch (name) {
    case 'interviewName':
      return isFilled(layer.interviewName);
    case 'recruiter':
    case 'coordinator':
    case 'hiringManager': {
      const contact = layer[name];
      return !contact || (isFilled(contact.name) && /^\S+@\S+\.\S\S+$/.test(contact.email.trim()));
    }
    default:
      return true;
  }
};

/** Whether all of it can be asked about. */
export const isWholly = (layer: Layer): boolean =>
  Object.keys(layer).every((name) => isWhole(name, layer));

/** What can be asked about. */
export const wholeOf = (layer: Layer): Layer =>
  Object.fromEntries(Object.entries(layer).filter(([name]) => isWhole(name, layer)));
