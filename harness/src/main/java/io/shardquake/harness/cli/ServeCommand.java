package io.shardquake.harness.cli;

import io.shardquake.harness.interpreter.StopSignal;
import io.shardquake.harness.serve.RunServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shardquake serve}: the runs of a directory in a browser of this machine. */
@Command(
    name = "serve",
    description =
        "Shows the runs and certificates of a directory in a browser: a list to search, two to"
            + " compare, reports and files to open or download. Only this machine is served, and"
            + " nothing can be changed. Ends with Ctrl-C.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {
  private static final int GREATEST_PORT = 65_535;

  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Where runs or certificates are kept. (Default: ${DEFAULT-VALUE}.)")
  Path root = Path.of("");

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8100",
      description = "The port to listen on; 0 for any that is free. (Default: ${DEFAULT-VALUE}.)")
  int port;

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws UsageException, InterruptedException {
    if (!Files.isDirectory(root)) {
      throw new UsageException(root + " is not a directory: name one that holds runs");
    }
    if (port < 0 || port > GREATEST_PORT) {
      throw new UsageException("a port is a number from 0 to " + GREATEST_PORT + ", not " + port);
    }
    try (RunServer server = RunServer.start(root, port)) {
      StopSignal stop = new StopSignal();
      CountDownLatch ended = new CountDownLatch(1);
      stop.onRaise(ended::countDown);
      Signals.raiseOnInterrupt(stop, console, "ending");
      console.out().println("serving " + root + " at " + server.address());
      console.out().flush();
      ended.await();
      return ExitCode.VALID.number();
    } catch (IOException e) {
      throw new UsageException(
          "port "
              + port
              + " cannot be listened on ("
              + e.getMessage()
              + "): name another by --port",
          e);
    }
  }
}
