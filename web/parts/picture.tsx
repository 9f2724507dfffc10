/** A picture that opens in full size. */
import { Image, Modal, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import classes from './picture.module.css';
import { words } from './words.ts';

export const Picture = ({ src, alt }: { src: string; alt: string }) => {
  const [isOpen, large] = useDisclosure(false);
  return (
    <>
      <UnstyledButton
        className={classes['small']}
        onClick={large.open}
        aria-label={words.enlarge(alt)}
      >
        <Image src={src} alt="" radius="md" loading="lazy" />
      </UnstyledButton>
      <Modal opened={isOpen} onClose={large.close} title={alt} size="xl">
        <Image src={src} alt={alt} />
      </Modal>
    </>
  );
};
