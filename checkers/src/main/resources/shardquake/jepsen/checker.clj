(ns shardquake.jepsen.checker
  "Checkers as Jepsen has them: (check checker test history opts) gives a map
  with :valid?. Needs no Jepsen; where there is one, these checkers are checkers
  of its own too."
  (:require [clojure.java.io :as io]
            [shardquake.knossos.competition :as competition]
            [shardquake.knossos.linear :as linear]
            [shardquake.knossos.wgl :as wgl]))

(defprotocol Checker
  (check [checker test history opts]
    "Judges a history; returns a map with :valid? true, false or :unknown."))

(def ^:private most-shown
  "More than this nobody reads, and some of it is large."
  10)

(defn- client-op?
  "Is the operation a client's, and not the nemesis's?"
  [op]
  (not (keyword? (:process op))))

(defn- algorithm
  [algorithm]
  (case (or algorithm :competition)
    :competition competition/analysis
    :linear      linear/analysis
    :wgl         wgl/analysis))

(defrecord Linearizable [model algorithm time-limit]
  Checker
  (check [_ _ history _]
    (-> (algorithm model (filterv client-op? history) {:time-limit time-limit})
        (update :configs     (partial take most-shown))
        (update :final-paths (partial take most-shown)))))

(defn linearizable
  "A checker of linearizability:

    {:model       of shardquake.knossos.model, or your own
     :algorithm   :competition (as without), :linear or :wgl
     :time-limit  in milliseconds}"
  [{:keys [model time-limit] :as opts}]
  (when (nil? model)
    (throw (IllegalArgumentException.
             (str "the linearizable checker needs a :model, and was given "
                  (pr-str opts)))))
  (->Linearizable model (algorithm (:algorithm opts)) time-limit))

(defn merge-valid
  "The worst of several :valid? values: false, then :unknown, then true."
  [valids]
  (cond
    (some false? valids)             false
    (every? true? valids)            true
    :else                            :unknown))

(defn check-safe
  "As check, but what is thrown makes the result :unknown."
  ([checker test history]
   (check-safe checker test history {}))
  ([checker test history opts]
   (try
     (check checker test history opts)
     (catch Exception e
       {:valid? :unknown, :error (.toString e)}))))

(defrecord Composed [checkers]
  Checker
  (check [_ test history opts]
    (let [results (into {}
                        (map (fn [[k checker]]
                               [k (check-safe checker test history opts)]))
                        checkers)]
      (assoc results :valid? (merge-valid (map :valid? (vals results)))))))

(defn compose
  "A checker of a map of names to checkers: its result has each one's under its
  name, and the worst :valid?."
  [checkers]
  (->Composed checkers))

(defn- jepsen-protocol
  "Jepsen's own protocol, if Jepsen is there."
  []
  (when-not (find-ns 'jepsen.checker)
    (when (io/resource "jepsen/checker.clj")
      (require 'jepsen.checker)))
  (some-> (find-ns 'jepsen.checker) (ns-resolve 'Checker) deref))

(defn be-jepsens
  "Makes records of this protocol checkers of Jepsen's too, if Jepsen is there."
  [& records]
  (when-let [protocol (jepsen-protocol)]
    (doseq [record records]
      (extend record protocol {:check #(check %1 %2 %3 %4)}))))

(be-jepsens Linearizable Composed)
