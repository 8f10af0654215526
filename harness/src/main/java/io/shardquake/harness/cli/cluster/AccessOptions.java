package io.shardquake.harness.cli.cluster;

import io.shardquake.harness.cli.DurationConverter;
import io.shardquake.harness.cli.UsageException;
import io.shardquake.harness.cluster.ClusterConnections;
import io.shardquake.harness.cluster.Credentials;
import io.shardquake.harness.cluster.NodeAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How the nodes are reached. */
final class AccessOptions {
  /** The variable in which redis-cli looks for a password, too. */
  private static final String PASSWORD_VARIABLE = "REDISCLI_AUTH";

  @Option(names = "--user", paramLabel = "NAME", description = "Who to log in as.")
  Optional<String> user = Optional.empty();

  @Option(
      names = {"-a", "--pass"},
      paramLabel = "PASSWORD",
      description = "The password. (Default: the variable REDISCLI_AUTH, which others cannot see.)")
  Optional<String> password = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = DurationConverter.class,
      description = "How long connecting, and each request, may take. (Default: ${DEFAULT-VALUE}.)")
  Duration timeout = Duration.ZERO;

  @Option(names = "--json", description = "Print the result as JSON.")
  boolean json;

  ClusterConnections open() throws UsageException {
    if (timeout.isZero()) {
      throw new UsageException("the time-out must be longer than 0s");
    }
    Optional<String> known =
        password.or(() -> Optional.ofNullable(System.getenv(PASSWORD_VARIABLE)));
    if (user.isPresent() && known.isEmpty()) {
      throw new UsageException("--user needs a password: give --pass, or set " + PASSWORD_VARIABLE);
    }
    return new ClusterConnections(timeout, known.map(secret -> new Credentials(user, secret)));
  }

  /**
   * The address that a user wrote; names become addresses, because nodes know each other by these.
   *
   * @throws UsageException if it is none
   */
  static NodeAddress address(String text) throws UsageException {
    try {
      NodeAddress address = NodeAddress.parse(text);
      return new NodeAddress(
          InetAddress.getByName(address.host()).getHostAddress(), address.port());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    } catch (UnknownHostException e) {
      throw new UsageException("there is no host for '" + text + "'", e);
    }
  }
}
