package io.shardquake.harness.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** The harness's own log of one run, a file; the console stays quiet. */
final class HarnessLog implements AutoCloseable {
  /** Libraries that complain loudly about the very failures that a run is made of. */
  private static final String[] NOISY = {"io.lettuce", "io.netty", "reactor"};

  private final Logger root;
  private final FileAppender<ILoggingEvent> appender;

  private HarnessLog(Logger root, FileAppender<ILoggingEvent> appender) {
    this.root = root;
    this.appender = appender;
  }

  /** Sends everything that is logged from now on to a file. */
  static HarnessLog open(Path file, boolean debug) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d{ISO8601,UTC} %-5level [%thread] %logger{20}: %msg%n");
    encoder.start();
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(debug ? Level.DEBUG : Level.INFO);
    for (String name : NOISY) {
      context.getLogger(name).setLevel(debug ? Level.INFO : Level.ERROR);
    }
    root.addAppender(appender);
    return new HarnessLog(root, appender);
  }

  @Override
  public void close() {
    root.detachAppender(appender);
    appender.stop();
  }
}
