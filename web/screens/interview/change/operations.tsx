/** The dialog of whatever is to be done. */
import type { Interview } from '../queries.ts';
import { AddEvent } from './add-event.tsx';
import { Book } from './book.tsx';
import { Coding } from './coding.tsx';
import { EditEvent } from './edit-event.tsx';
import { Move } from './move.tsx';
import type { Operation } from './operation.ts';
import { Replace } from './replace.tsx';
import { Reschedule } from './reschedule.tsx';
import { Cancel, NewLink, PutBack, RemoveEvent } from './simple.tsx';
import { Texts } from './texts.tsx';

export const Operations = ({
  operation,
  ...shared
}: {
  operation: Operation;
  interview: Interview;
  onClose: () => void;
}) => {
  switch (operation.kind) {
    case 'hold':
    case 'confirm':
      return <Book {...shared} kind={operation.kind} />;
    case 'putBack':
      return <PutBack {...shared} />;
    case 'cancel':
      return <Cancel {...shared} />;
    case 'reschedule':
      return <Reschedule {...shared} />;
    case 'add':
      return <AddEvent {...shared} />;
    case 'texts':
      return <Texts {...shared} />;
    case 'coding':
      return <Coding {...shared} />;
    case 'move':
      return <Move {...shared} event={operation.event} />;
    case 'edit':
      return <EditEvent {...shared} event={operation.event} />;
    case 'remove':
      return <RemoveEvent {...shared} event={operation.event} />;
    case 'replace':
      return <Replace {...shared} event={operation.event} seat={operation.seat} />;
    case 'newLink':
      return <NewLink {...shared} link={operation.link} />;
  }
};
