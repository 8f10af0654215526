package io.shardquake.harness.cli.lab;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingReader;

/** A screen that is drawn again and again, with a line at its end in which orders are typed. */
final class ScreenDesk implements LabDesk {
  private static final String OTHER_SCREEN = "\u001b[?1049h";
  private static final String FIRST_SCREEN = "\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String END_OF_LINE = "\u001b[K";
  private static final String END_OF_SCREEN = "\u001b[J";
  private static final int REMEMBERED = 200;
  private static final long REDRAW_MILLIS = 400;
  private static final int INTERRUPT = 3;
  private static final int END_OF_INPUT = 4;
  private static final int BACKSPACE = 8;
  private static final int DELETE = 127;

  private final Terminal terminal;
  private final Attributes before;
  private final Deque<String> told = new ArrayDeque<>();
  private final StringBuilder typed = new StringBuilder();
  private boolean left;

  ScreenDesk(Terminal terminal) {
    this.terminal = terminal;
    this.before = terminal.enterRawMode();
    terminal.writer().print(OTHER_SCREEN);
    tell("Type ? for help, q to heal, stop and judge.");
  }

  @Override
  public void serve(LabBench bench) throws InterruptedException {
    try {
      NonBlockingReader keys = terminal.reader();
      boolean quits = false;
      while (!quits && !bench.ended()) {
        draw(bench.glance());
        quits = key(keys.read(REDRAW_MILLIS), bench);
      }
    } catch (IOException e) {
      tell("*** no more keys can be read: " + e.getMessage());
    }
  }

  private boolean key(int key, LabBench bench) throws InterruptedException {
    switch (key) {
      case NonBlockingReader.READ_EXPIRED -> {
        return false;
      }
      case NonBlockingReader.EOF, INTERRUPT, END_OF_INPUT -> {
        return true;
      }
      case '\r', '\n' -> {
        String line = typed.toString();
        typed.setLength(0);
        LabBench.Answer answer = bench.perform(line);
        answer.lines().forEach(this::tell);
        return answer.quits();
      }
      case BACKSPACE, DELETE -> typed.setLength(Math.max(0, typed.length() - 1));
      default -> {
        if (key >= ' ') {
          typed.appendCodePoint(key);
        }
      }
    }
    return false;
  }

  private synchronized void draw(List<String> state) {
    if (left) {
      return;
    }
    int height = Math.max(10, terminal.getHeight());
    List<String> lines = new ArrayList<>(state);
    lines.add("");
    int room = Math.max(1, height - lines.size() - 2);
    told.stream().skip(Math.max(0, told.size() - room)).forEach(lines::add);
    PrintWriter writer = terminal.writer();
    writer.print(HOME);
    lines.forEach(line -> writer.print(cut(line) + END_OF_LINE + "\r\n"));
    writer.print(cut("lab> " + typed) + END_OF_SCREEN);
    writer.flush();
  }

  private String cut(String line) {
    int width = terminal.getWidth() > 0 ? terminal.getWidth() - 1 : line.length();
    return line.length() > width ? line.substring(0, width) : line;
  }

  @Override
  public synchronized void tell(String line) {
    told.add(line);
    if (told.size() > REMEMBERED) {
      told.remove();
    }
  }

  @Override
  public synchronized void leave() {
    if (!left) {
      left = true;
      terminal.writer().print(FIRST_SCREEN);
      terminal.writer().flush();
      terminal.setAttributes(before);
    }
  }
}
