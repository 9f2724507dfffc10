/** Where everybody arrives. */
import { EmptyState } from '../../parts/empty-state.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { useMay } from '../../app/session.ts';
import { FirstSteps } from './first-steps.tsx';
import { words } from './words.ts';

export const Screen = () => {
  const may = useMay();
  return (
    <Frame title={words.title} lead={words.lead}>
      {may('connections.manage') && <FirstSteps />}
      <EmptyState icon="check" title={words.quiet.title} text={words.quiet.text} />
    </Frame>
  );
};
