/** Takes imports back, from whatever page the reader has gone on to by then. */

import * as api from '../api/client.ts';
import { toasts } from './toast.svelte.ts';

class Imports {
  /** Grows whenever one was taken back here. */
  undone = $state(0);

  async undo(id: string): Promise<void> {
    try {
      await api.undoImport(id);
      this.undone++;
      toasts.say('The import is taken back. Adding the same reports again brings them back.');
    } catch (error) {
      toasts.fail(error);
    }
  }
}

export const imports = new Imports();
