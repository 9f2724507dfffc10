/** Addresses come from vendors: nothing but the web is followed. */
export const isWeb = (url: string): boolean => /^https?:\/\//i.test(url);
