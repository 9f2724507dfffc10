/** Where everybody arrives. */
import { EmptyState } from '../../parts/empty-state.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { useMay } from '../../app/session.ts';
import { FirstSteps } from './first-steps.tsx';
import { NeedsMe } from './needs-me.tsx';
import { words } from './words.ts';

export const Screen = () => {
  const may = useMay();
  return (
    <Frame title={words.title} lead={words.lead}>
      {may('connections.manage') && <FirstSteps />}
      {may('candidates.see') ? (
        <NeedsMe />
      ) : (
        <EmptyState icon="check" title={words.elsewhere.title} text={words.elsewhere.text} />
      )}
    </Frame>
  );
};
