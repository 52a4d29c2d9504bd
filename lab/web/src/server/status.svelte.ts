/** Whether the server answers; `wasOnline` once it has. */
class Status {
  online = $state(false);
  wasOnline = $state(false);
}

export const status = new Status();
