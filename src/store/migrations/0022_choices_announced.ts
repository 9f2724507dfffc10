/** Lists to choose from belong to their connection: pages that show them are told when they are read anew. */
export const choicesAnnounced = `
create trigger announce after insert or update or delete on choice
  for each statement execute function announce_change('connections');
`;
