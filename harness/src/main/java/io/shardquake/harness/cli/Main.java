package io.shardquake.harness.cli;

/** Where the {@code shardquake} process begins. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(CommandLines.execute(Console.ofProcess(), arguments));
  }
}
