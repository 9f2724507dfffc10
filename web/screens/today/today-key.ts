/** What the lanes are made of: they are asked anew when one of these nouns changes. */
export const todayKey = 'effects interviews candidates assessments connections people';
