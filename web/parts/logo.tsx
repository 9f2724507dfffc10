import icon from '../icon.svg';

/** The sign of the product; its name always stands beside it. */
export const Logo = ({ size = 30 }: { size?: number }) => (
  <img src={icon} alt="" width={size} height={size} />
);
