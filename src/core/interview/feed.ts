/** What one interviewer's calendar shows of an interview when it reads along: what the invites say. */
import type { Invite } from '#core/calendar/invite.ts';
import type { PlannedEvent } from './model.ts';
import type { Scene } from './scene.ts';
import { speakerOf } from './texts.ts';
import { interviewerEntry, invited, writtenFor } from './want-mails.ts';

/** An entry but for its number in the sequence and its date. */
export type FeedEntry = Omit<Invite, 'sequence' | 'stamp'>;

/** The person's own events within the span. Each leads to the interview's page in the hub. */
export const feedEntries = (
  scene: Scene,
  personId: string,
  span: { from: number; to: number },
): FeedEntry[] => {
  const isOwn = (event: PlannedEvent): boolean =>
    event.end > span.from &&
    event.start < span.to &&
    invited(event).some((seat) => seat.personId === personId);
  const speaker = speakerOf(scene);
  return scene.plan.events.filter(isOwn).map((event) => {
    const { title, body } = writtenFor(scene.plan, event);
    const say = (text: string, format: 'title' | 'plain'): string =>
      speaker.say(text, 'interviewer_invite', format, { event }).text;
    const shown = { title: say(title, 'title'), text: say(body, 'plain'), html: null };
    const url = `${scene.hubUrl}/interviews/${scene.id}`;
    return { ...interviewerEntry(scene, event, shown), url };
  });
};
