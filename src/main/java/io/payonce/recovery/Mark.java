package io.payonce.recovery;

/** Names what is known of a payment's sends besides their numbers. The letters are stored. */
public enum Mark {
  SEEN('s', "the platform has shown a sign of it: never sent again"),
  /** What it shows is a send's that was answered, so any other one may still pay. */
  OWNED('o', "the transaction that the platform shows is an answered send's"),
  /** A pod may be acting on it. */
  OPENED('p', "the platform has accepted it"),
  ABORTED(
      'a',
      "its caller asked to stop it, or another payment has paid its order: nothing more is sent"),
  REMEDIED('m', "one refusal was answered by mending its cause"),
  /** The only send got C06; in records of former versions also S11. */
  ID_IN_USE('r', "refused because the id is taken, by whom is not known"),
  /** The only send got C10. */
  ORDER_PAID_ELSEWHERE('x', "refused because the order is paid, by whom is not known");

  private final char letter;
  private final String sentence;

  Mark(char letter, String sentence) {
    this.letter = letter;
    this.sentence = sentence;
  }

  char letter() {
    return letter;
  }

  /** For operators. */
  public String sentence() {
    return sentence;
  }
}
