package io.shardquake.node.core.geo;

import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.value.SortedSetValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a search asks for, as the arguments of any of its commands say. Not thread-safe. */
final class GeoSearch {
  /** Which command asks. */
  enum Form {
    AROUND_POSITION,
    AROUND_MEMBER,
    SEARCH,
    SEARCH_AND_STORE
  }

  /** A member found. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  record Found(byte[] member, double score, double metres, Position position) {}

  private final CommandContext context;
  private final Form form;
  private final boolean mayStore;
  private final @Nullable SortedSetValue set;
  private @Nullable Position centre;
  private @Nullable Shape shape;
  private boolean centreSaid;
  private boolean withDistance;
  private boolean withHash;
  private boolean withPosition;
  private boolean any;
  private int order;
  private long count;
  private double unit = 1;
  private byte @Nullable [] destination;
  private boolean storesDistance;

  private GeoSearch(
      CommandContext context, Form form, boolean mayStore, @Nullable SortedSetValue set) {
    this.context = context;
    this.form = form;
    this.mayStore = mayStore;
    this.set = set;
  }

  /**
   * Reads the arguments.
   *
   * @param mayStore whether STORE and STOREDIST are options
   * @param set to search in; null if there is none
   */
  static GeoSearch parse(
      CommandContext context, Form form, boolean mayStore, @Nullable SortedSetValue set) {
    GeoSearch search = new GeoSearch(context, form, mayStore, set);
    search.readOptions(search.readBeginning());
    search.check();
    return search;
  }

  private boolean isSearch() {
    return form == Form.SEARCH || form == Form.SEARCH_AND_STORE;
  }

  private int readBeginning() {
    switch (form) {
      case AROUND_POSITION -> {
        centre = Position.of(context, 2);
        circle(4);
        return 6;
      }
      case AROUND_MEMBER -> {
        if (set != null) {
          centre = member(2);
          circle(3);
        }
        return 5;
      }
      case SEARCH_AND_STORE -> {
        destination = context.argument(1);
        return 3;
      }
      case SEARCH -> {
        return 2;
      }
    }
    throw new IllegalStateException("no form " + form);
  }

  private void circle(int index) {
    shape = Shape.circle(context, index);
    unit = DistanceUnit.of(context, index + 1).metres();
  }

  private Position member(int index) {
    Optional<Position> position = GeoCommands.position(set, context.argument(index));
    return position.orElseThrow(() -> new ErrorReply("ERR could not decode requested zset member"));
  }

  private void readOptions(int from) {
    int i = from;
    while (i < context.count()) {
      i += readOption(i, context.count() - i - 1);
    }
  }

  /** Reads an option; gives how many words it has. */
  private int readOption(int i, int behind) {
    switch (context.text(i).toLowerCase(Locale.ROOT)) {
      case "withdist" -> withDistance = true;
      case "withhash" -> withHash = true;
      case "withcoord" -> withPosition = true;
      case "any" -> any = true;
      case "asc" -> order = 1;
      case "desc" -> order = -1;
      case "count" -> {
        require(behind >= 1);
        count = context.integer(i + 1);
        if (count <= 0) {
          throw new ErrorReply("ERR COUNT must be > 0");
        }
        return 2;
      }
      case "store", "storedist" -> {
        return readStore(i, behind);
      }
      default -> {
        require(isSearch());
        return readArea(i, behind);
      }
    }
    return 1;
  }

  private int readStore(int i, int behind) {
    storesDistance = context.is(i, "STOREDIST");
    if (form == Form.SEARCH_AND_STORE && storesDistance) {
      return 1;
    }
    require(mayStore && !isSearch() && behind >= 1);
    destination = context.argument(i + 1);
    return 2;
  }

  private int readArea(int i, int behind) {
    if (context.is(i, "FROMMEMBER") && behind >= 1 && (!centreSaid || centre == null)) {
      centre = set == null ? null : member(i + 1);
      centreSaid = true;
      return 2;
    }
    if (context.is(i, "FROMLONLAT") && behind >= 2 && !centreSaid) {
      centre = Position.of(context, i + 1);
      centreSaid = true;
      return 3;
    }
    if (context.is(i, "BYRADIUS") && behind >= 2 && !(shape instanceof Shape.Box)) {
      circle(i + 1);
      return 3;
    }
    require(context.is(i, "BYBOX") && behind >= 3 && !(shape instanceof Shape.Circle));
    shape = Shape.box(context, i + 1);
    unit = DistanceUnit.of(context, i + 3).metres();
    return 4;
  }

  private static void require(boolean fits) {
    if (!fits) {
      throw ErrorReply.syntax();
    }
  }

  private void check() {
    if (destination != null && (withDistance || withHash || withPosition)) {
      String what = form == Form.SEARCH_AND_STORE ? "GEOSEARCHSTORE" : "STORE option in GEORADIUS";
      throw new ErrorReply(
          "ERR " + what + " is not compatible with WITHDIST, WITHHASH and WITHCOORD options");
    }
    if (isSearch() && !centreSaid) {
      throw new ErrorReply(
          "ERR exactly one of FROMMEMBER or FROMLONLAT can be specified for " + context.quoted(0));
    }
    if (isSearch() && shape == null) {
      throw new ErrorReply(
          "ERR exactly one of BYRADIUS and BYBOX can be specified for " + context.quoted(0));
    }
    if (any && count == 0) {
      throw new ErrorReply("ERR the ANY argument requires COUNT argument");
    }
  }

  Optional<byte[]> destination() {
    return Optional.ofNullable(destination);
  }

  boolean storesDistance() {
    return storesDistance;
  }

  boolean withDistance() {
    return withDistance;
  }

  boolean withHash() {
    return withHash;
  }

  boolean withPosition() {
    return withPosition;
  }

  /** The unit of distances, in metres. */
  double unit() {
    return unit;
  }

  /** The members found, in the order and number asked for. */
  List<Found> run() {
    if (set == null || centre == null || shape == null) {
      return List.of();
    }
    List<Found> found = new ArrayList<>();
    GeoHash last = GeoHash.none();
    List<GeoHash> cells = SearchArea.cells(centre, shape);
    for (int i = 0; i < cells.size(); i++) {
      GeoHash cell = cells.get(i);
      // Very wide searches have the same cell on both sides; Redis does not see that of the centre.
      if (!cell.isNone() && !(cell.equals(last) && !last.isNone()) && !isEnough(found)) {
        collect(set, cell, centre, shape, found);
        last = i == 0 ? GeoHash.none() : cell;
      }
    }
    boolean nearestFirst = order > 0 || (order == 0 && count > 0 && !any);
    Comparator<Found> byDistance = Comparator.comparingDouble(Found::metres);
    if (nearestFirst) {
      found.sort(byDistance);
    } else if (order < 0) {
      found.sort(byDistance.reversed());
    }
    return List.copyOf(count > 0 && found.size() > count ? found.subList(0, (int) count) : found);
  }

  private boolean isEnough(List<Found> found) {
    return any && found.size() >= count;
  }

  private void collect(
      SortedSetValue from, GeoHash cell, Position middle, Shape area, List<Found> found) {
    int first = from.countBelow(cell.leastScore(), false);
    int behind = from.countBelow(cell.scoreBehind(), false);
    from.range(
        first,
        behind,
        (member, score) -> {
          if (!isEnough(found)) {
            Position position = GeoHash.ofScore(score).centre();
            area.distance(middle, position)
                .ifPresent(metres -> found.add(new Found(member, score, metres, position)));
          }
        });
  }
}
