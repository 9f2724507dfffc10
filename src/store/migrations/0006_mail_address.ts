/** What became of the newest mail to somebody is shown at the person. */
export const mailAddress = `
create index mail_address on mail (lower(address), settled_at desc);
`;
