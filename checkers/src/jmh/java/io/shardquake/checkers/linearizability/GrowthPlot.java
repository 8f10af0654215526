package io.shardquake.checkers.linearizability;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.analysis.Analysis;
import io.shardquake.checkers.linearizability.analysis.ObjectHistory;
import io.shardquake.checkers.linearizability.analysis.SearchLimits;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Models;
import io.shardquake.checkers.linearizability.oracle.SyntheticRegister;
import io.shardquake.checkers.linearizability.unique.NearLinear;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures the near-linear register algorithm from 10,000 to 10,000,000 operations and draws it,
 * beside the curve of n log n through the first point. It takes processor time of the one thread
 * that works, which a busy machine does not lengthen much.
 */
public final class GrowthPlot {
  private static final Model REGISTER = Models.casRegister(Value.nil());
  private static final int[] SIZES = {
    10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000
  };
  private static final int ROUNDS = 5;
  private static final int WIDTH = 640;
  private static final int HEIGHT = 400;
  private static final int MARGIN = 60;

  /** One measurement: the median of some rounds. */
  private record Point(int operations, boolean valid, double millis) {}

  private GrowthPlot() {}

  /** Measures and draws; the arguments name the SVG file and, if not all, the greatest size. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = System.out;
    int greatest = arguments.length > 1 ? Integer.parseInt(arguments[1]) : Integer.MAX_VALUE;
    List<Point> points = new ArrayList<>();
    for (boolean valid : new boolean[] {true, false}) {
      for (int size : SIZES) {
        if (size <= greatest) {
          Point point = measure(size, valid);
          points.add(point);
          out.printf("| %,d | %s | %.1f ms |%n", size, valid ? "valid" : "invalid", point.millis());
        }
      }
    }
    Files.writeString(Path.of(arguments[0]), svg(points));
  }

  private static Point measure(int size, boolean valid) {
    ObjectHistory history =
        SyntheticRegister.generate(new SyntheticRegister.Shape(size, 10, 1, 0, valid), 1);
    int warmUp = Math.max(1, 300_000 / size);
    for (int i = 0; i < warmUp; i++) {
      decide(history, valid);
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] nanos = new long[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getCurrentThreadCpuTime();
      decide(history, valid);
      nanos[round] = threads.getCurrentThreadCpuTime() - before;
    }
    Arrays.sort(nanos);
    return new Point(size, valid, nanos[ROUNDS / 2] / 1e6);
  }

  private static void decide(ObjectHistory history, boolean valid) {
    Analysis analysis = NearLinear.decide(history, REGISTER, SearchLimits.none()).orElseThrow();
    if (analysis instanceof Analysis.Valid != valid) {
      throw new IllegalStateException("wrong verdict: " + analysis);
    }
  }

  private static String svg(List<Point> points) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
        <rect width="100%%" height="100%%" fill="white"/>
        <text x="%d" y="24" font-size="14">Near-linear register check, one key, processor time</text>
        """
            .formatted(WIDTH, HEIGHT, MARGIN));
    for (int power = 4; power <= 7; power++) {
      double x = x(Math.pow(10, power));
      line(svg, x, HEIGHT - MARGIN, x, MARGIN, "#ddd");
      text(svg, x, HEIGHT - MARGIN + 18, "%,d".formatted((int) Math.pow(10, power)));
    }
    for (int power = -1; power <= 4; power++) {
      double y = y(Math.pow(10, power));
      line(svg, MARGIN, y, WIDTH - MARGIN, y, "#ddd");
      text(
          svg,
          MARGIN - 30,
          y + 4,
          power < 0 ? "0.1 ms" : "%,d ms".formatted((int) Math.pow(10, power)));
    }
    text(svg, WIDTH / 2.0, HEIGHT - 14, "operations");
    curve(svg, points.stream().filter(Point::valid).toList(), "#1b6ca8", "valid", 0);
    curve(svg, points.stream().filter(point -> !point.valid()).toList(), "#c0392b", "invalid", 1);
    curve(svg, ideal(points.get(0)), "#888", "n log n", 2);
    return svg.append("</svg>\n").toString();
  }

  private static List<Point> ideal(Point first) {
    double base = first.operations() * Math.log(first.operations());
    return Arrays.stream(SIZES)
        .mapToObj(size -> new Point(size, true, first.millis() * size * Math.log(size) / base))
        .toList();
  }

  private static void curve(
      StringBuilder svg, List<Point> points, String colour, String name, int place) {
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      double x = x(point.operations());
      double y = y(point.millis());
      path.append(format("%s%.1f %.1f ", path.isEmpty() ? "M" : "L", x, y));
      svg.append(format("<circle cx='%.1f' cy='%.1f' r='3' fill='%s'/>%n", x, y, colour));
    }
    svg.append(format("<path d='%s' fill='none' stroke='%s'/>%n", path, colour));
    int y = MARGIN + 16 + 18 * place;
    line(svg, MARGIN + 12, y - 4, MARGIN + 36, y - 4, colour);
    svg.append(format("<text x='%d' y='%d'>%s</text>%n", MARGIN + 42, y, name));
  }

  private static void line(
      StringBuilder svg, double x1, double y1, double x2, double y2, String colour) {
    svg.append(
        format(
            "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s'/>%n",
            x1, y1, x2, y2, colour));
  }

  private static void text(StringBuilder svg, double x, double y, String text) {
    svg.append(format("<text x='%.1f' y='%.1f' text-anchor='middle'>%s</text>%n", x, y, text));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private static double x(double operations) {
    return MARGIN + (Math.log10(operations) - 4) / 3 * (WIDTH - 2 * MARGIN);
  }

  private static double y(double millis) {
    return HEIGHT - MARGIN - (Math.log10(millis) + 1) / 5 * (HEIGHT - 2 * MARGIN);
  }
}
