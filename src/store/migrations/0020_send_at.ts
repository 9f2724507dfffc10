/** Until then nothing of an interview leaves the hub, and whoever sent it may take it back. */
export const sendAt = `
alter table interview add column send_at timestamptz;
`;
