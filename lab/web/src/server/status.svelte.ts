/** Whether the server answers; `wasOnline` once it has. */
class Status {
  online = $state(false);
  wasOnline = $state(false);
  /** The server asks for its token, as after a start with another one: loading the page helps. */
  needsToken = $state(false);

  /** Note that the server answered. */
  heard(): void {
    this.online = true;
    this.wasOnline = true;
  }

  /** Note that it did not. */
  missed(): void {
    this.online = false;
  }
}

export const status = new Status();
