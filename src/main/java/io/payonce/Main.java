package io.payonce;

/** The commands: sandbox, serve, check, codes. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(1);
  }
}
