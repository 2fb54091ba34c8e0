import { useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay, SwitchButton, SwitchField } from 'react-aria-components';

import { words } from '../words';
import { letSingleKeysAct, singleKeysAct } from './keys';

interface KeysHelpProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Which keys do what, and the switch that turns single letters off. */
export const KeysHelp = ({ isOpen, onOpenChange }: KeysHelpProps) => {
  const [act, setAct] = useState(singleKeysAct);
  return (
    <ModalOverlay className="overlay" isDismissable {...{ isOpen, onOpenChange }}>
      <Modal className="modal">
        <Dialog>
          <Heading slot="title">{words.keys.title}</Heading>
          <dl className="pairs">
            {words.keys.list.map(([keys, does]) => (
              <div key={keys}>
                <dt>
                  <kbd className="mono">{keys}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
          <SwitchField
            isSelected={act}
            onChange={(on) => {
              letSingleKeysAct(on);
              setAct(on);
            }}
          >
            <SwitchButton className="switch">
              <span className="switch-track" aria-hidden="true" />
              {words.keys.off}
            </SwitchButton>
          </SwitchField>
          <Button className="button" slot="close">
            {words.keys.close}
          </Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
};
