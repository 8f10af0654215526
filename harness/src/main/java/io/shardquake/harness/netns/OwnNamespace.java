package io.shardquake.harness.netns;

import io.shardquake.harness.command.ShortCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Network and mount namespaces of a run's own. The harness starts itself again in them, and the
 * servers below itself: nothing outside can see them, and the kernel takes everything away with the
 * last process, however that ended. Where this user is not root, a user namespace in which it is
 * goes around them.
 */
public final class OwnNamespace {
  /** Tells a process that it lives in one already: the number of the process that put it there. */
  private static final String INSIDE = "SHARDQUAKE_OWN_NAMESPACE";

  private static final Duration PROBE_BOUND = Duration.ofSeconds(10);

  private static final String PROBE =
      """
      ip link set lo up
      nft -f - <<'SCRIPT'
      table ip shardquake {
        counter probe { }
        chain translate {
          type nat hook output priority -100
          ip daddr 127.1.0.11 ct mark set 1 dnat to 127.0.0.11
        }
        chain cut {
          type filter hook input priority 0
          ct mark 1 accept
          ip saddr 127.0.0.11 numgen random mod 1000 < 5 counter name probe reject with tcp reset
        }
      }
      SCRIPT
      """;

  private OwnNamespace() {}

  /** Whether this process lives in one. */
  public static boolean isEntered() {
    return System.getenv(INSIDE) != null;
  }

  /**
   * What keeps this machine from having one, by trying; empty if nothing does. Leaves nothing
   * behind.
   */
  public static Optional<String> missing() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.of("network namespaces are for Linux only");
    }
    try {
      List<String> command = new ArrayList<>(unshare());
      command.addAll(List.of("sh", "-ec", PROBE));
      new ShortCommand(PROBE_BOUND).run("", command);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "a network namespace with a packet filter cannot be made here ("
              + e.getMessage()
              + "); it takes unshare, ip, nft, and root or user namespaces");
    }
  }

  private static List<String> unshare() {
    return isRoot()
        ? List.of("unshare", "--net", "--mount")
        : List.of("unshare", "--user", "--map-root-user", "--net", "--mount");
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** How this user gets there, in words. */
  public static String means() {
    return isRoot() ? "as root" : "in a user namespace";
  }

  /**
   * Runs this very program again, with the same arguments, in namespaces of its own, and waits for
   * its end. That this process ends is noticed by the other, which then ends its servers and
   * itself.
   *
   * @param begun is given the other process, to pass signals on
   * @return the exit code
   */
  public static int runAgain(Consumer<Process> begun) throws IOException, InterruptedException {
    ProcessHandle.Info self = ProcessHandle.current().info();
    String java = self.command().orElseThrow(() -> new IOException("this program has no name"));
    String[] arguments =
        self.arguments().orElseThrow(() -> new IOException("this program's arguments are hidden"));
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(List.of(arguments));
    Process inside = builder(command).inheritIO().start();
    begun.accept(inside);
    return inside.waitFor();
  }

  /** Starts a program in namespaces of its own. */
  public static ProcessBuilder builder(List<String> program) {
    List<String> command = new ArrayList<>(unshare());
    command.addAll(List.of("sh", "-c", "ip link set lo up && exec \"$@\"", "sh"));
    command.addAll(program);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put(INSIDE, Long.toString(ProcessHandle.current().pid()));
    return builder;
  }

  /** Ends this process, and with it its servers, when the one outside is gone, or is gone now. */
  public static void endWithParent(int status) {
    String outside = System.getenv(INSIDE);
    ProcessHandle.current()
        .parent()
        .filter(parent -> Long.toString(parent.pid()).equals(outside))
        .ifPresentOrElse(
            parent -> watch(parent, status),
            // Killed before this one had begun, which somebody else has adopted since.
            () -> System.exit(status));
  }

  private static void watch(ProcessHandle parent, int status) {
    Thread watch =
        new Thread(
            () -> {
              parent.onExit().join();
              System.exit(status);
            },
            "outer-harness-watch");
    watch.setDaemon(true);
    watch.start();
  }
}
