package io.shardquake.harness.netns;

import io.shardquake.harness.command.ShortCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The program nft, in the network namespace of this process. */
final class Nft {
  private static final ShortCommand NFT = new ShortCommand(Duration.ofSeconds(10));

  private Nft() {}

  /**
   * Loads a script as one transaction.
   *
   * @throws IOException with what nft said, if the kernel does not take it
   */
  static void load(String script) throws IOException {
    NFT.run(script, List.of("nft", "-f", "-"));
  }

  /** Takes the table away. */
  static void unload() throws IOException {
    NFT.run("", List.of("nft", "delete", "table", "ip", PacketRules.TABLE));
  }

  /** All counters of the table, as JSON. */
  static String counters() throws IOException {
    return NFT.run("", List.of("nft", "-j", "list", "counters", "table", "ip", PacketRules.TABLE));
  }
}
