/** What templates say as well and is rarely another for one interview: place, people named, links; and who is told. */
import { BasicSettings } from '../../parts/layer/basics.tsx';
import { ContactSettings } from '../../parts/layer/contacts.tsx';
import { SendingSettings } from '../../parts/layer/sending.tsx';
import { Fold } from './fold.tsx';
import { LeftOut, Notify } from './notify.tsx';
import type { Plan } from './plan.ts';
import { words } from './words.ts';

export const MoreSettings = ({ plan, onPlan }: { plan: Plan; onPlan: (plan: Plan) => void }) => (
  <Fold label={words.settings.more} beside={<LeftOut notify={plan.notify} />}>
    <div>
      <BasicSettings />
      <SendingSettings />
    </div>
    <div>
      <ContactSettings />
      <Notify
        value={plan.notify}
        onChange={(notify) => {
          onPlan({ ...plan, notify });
        }}
      />
    </div>
  </Fold>
);
