/** Today asks for the few rows that need somebody, out of all that went well. */
export const attention = `
create index effect_attention on effect (updated_at) where state in ('failed', 'unknown');
create index rsvp_declined on rsvp (interview_id) where status = 'declined';
create index assessment_out on assessment (created_at) where status in ('invited', 'started');
create index interview_spoken on interview (ends_at) where state in ('hold', 'confirmed');
`;
