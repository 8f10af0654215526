package io.shardquake.harness.cli;

import io.shardquake.faults.Capabilities;
import io.shardquake.faults.plan.Mechanism;
import io.shardquake.harness.netns.OwnNamespace;
import io.shardquake.harness.target.ClusterOptions.Wiring;
import io.shardquake.harness.target.WiringCapabilities;
import java.io.IOException;
import java.util.Optional;

/** What links are broken with. */
enum NetworkMeans {
  /** A link proxy before every node, which needs no privilege. */
  PROXY(Wiring.PROXIED),
  /** A packet filter in a network namespace of the run. */
  NFT(Wiring.FILTERED);

  private final Wiring wiring;

  NetworkMeans(Wiring wiring) {
    this.wiring = wiring;
  }

  /**
   * The means of this name.
   *
   * @throws UsageException if there is none
   */
  static NetworkMeans parse(String name) throws UsageException {
    return switch (name) {
      case "proxy" -> PROXY;
      case "nft" -> NFT;
      default ->
          throw new UsageException("no network is called '" + name + "' (there are proxy and nft)");
    };
  }

  /** How nodes are connected where a plan breaks links. */
  Wiring wiring() {
    return wiring;
  }

  /** The means by which nodes that are connected like this are broken. */
  static NetworkMeans of(Wiring wiring) {
    return wiring == Wiring.FILTERED ? NFT : PROXY;
  }

  /**
   * Runs this program again in namespaces of its own, if that is needed and has not been done.
   *
   * @return the exit code of the program there; empty if this process is to go on
   * @throws UsageException if this machine cannot have them
   */
  Optional<Integer> enter() throws UsageException, IOException, InterruptedException {
    if (this != NFT) {
      return Optional.empty();
    }
    if (OwnNamespace.isEntered()) {
      OwnNamespace.endWithParent(ExitCode.FAILURE.number());
      return Optional.empty();
    }
    Optional<String> missing = missing();
    if (missing.isPresent()) {
      throw new UsageException("--network nft: " + missing.get());
    }
    return Optional.of(OwnNamespace.runAgain(Signals::passOn));
  }

  /** What this machine lacks to use it; empty if nothing. */
  Optional<String> missing() {
    return this == NFT && !OwnNamespace.isEntered() ? OwnNamespace.missing() : Optional.empty();
  }

  /** What a target can have done to it when links are broken by these means. */
  Capabilities on(Capabilities target) {
    Capabilities restricted = WiringCapabilities.restrict(target, wiring);
    return missing()
        .map(what -> restricted.lacking(Mechanism.LINKS.toString(), what))
        .orElse(restricted);
  }

  /** What this machine has, in one line for each means. */
  static String listing() {
    StringBuilder text = new StringBuilder();
    text.append("network proxy: here\n");
    text.append("network nft: ")
        .append(
            NFT.missing().map(what -> "NOT HERE: " + what).orElse("here, " + OwnNamespace.means()))
        .append('\n');
    return text.toString();
  }
}
