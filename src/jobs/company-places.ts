/** Places of the company, and the layers that name them: neither goes without the other. */
import { invalid, LoopwrightError } from '#core/errors.ts';
import type { Layer } from '#core/interview/layers.ts';
import type { Place } from '#core/interview/model.ts';
import { keepCompany } from '#store/company.ts';
import type { Executor } from '#store/database.ts';
import { templatesAt } from '#store/templates.ts';

/** Throws `place_unknown`. */
export const checkPlace = (id: string, places: readonly Place[], field: string): void => {
  if (!places.some((one) => one.id === id))
    throw invalid(
      'place_unknown',
      `place: the company has no place with the id ${id}. Choose one of its places, or none.`,
      field,
    );
};

/** The same while a layer is saved: the place stays until the transaction ends. */
export const keepPlace = async (tx: Executor, { placeId }: Layer, field: string): Promise<void> => {
  if (typeof placeId === 'string')
    checkPlace(placeId, (await keepCompany(tx)).places, `${field}.placeId`);
};

/** Throws `place_in_use` where a template names a place that is to go. The caller holds the company. */
export const keepNamedPlaces = async (
  tx: Executor,
  before: readonly Place[],
  after: readonly Place[],
): Promise<void> => {
  const leaving = before.filter(({ id }) => !after.some((one) => one.id === id));
  const ids = leaving.map(({ id }) => id);
  const using = await templatesAt(tx, ids);
  const place = leaving.find(({ id }) => id === using[0]?.layer.placeId);
  if (!place) return;
  const names = using.filter(({ layer }) => layer.placeId === place.id).map(({ name }) => name);
  throw new LoopwrightError(
    'place_in_use',
    409,
    `place: ${place.name} is named by ${listed(names)}. Choose another place in these templates first, or none.`,
    'places',
  );
};

/** As many as are read. */
const most = 5;

const listed = (names: readonly string[]): string => {
  const more = names.length - most;
  return names.slice(0, most).join(', ') + (more > 0 ? ` and ${String(more)} more` : '');
};
