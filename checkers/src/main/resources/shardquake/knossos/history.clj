(ns shardquake.knossos.history
  "Histories: sequences of operations."
  (:refer-clojure :exclude [indexed?])
  (:require [shardquake.knossos.op :as op]))

(defn parse-ops
  "The history with every operation an Op."
  [history]
  (mapv op/map->Op history))

(defn index
  "The history with the position of every operation as its :index."
  [history]
  (into [] (map-indexed (fn [i op] (assoc op :index i))) history))

(defn indexed?
  "Has the history indexes?"
  [history]
  (or (empty? history) (integer? (:index (first history)))))

(defn processes
  "The set of processes in the history."
  [history]
  (into #{} (map :process) history))

(defn sort-processes
  "Processes in order, numbers last."
  [processes]
  (sort-by (juxt number? identity)
           (fn [[a-number? a] [b-number? b]]
             (if (= a-number? b-number?)
               (compare a b)
               (compare a-number? b-number?)))
           processes))

(defn- pair
  "Matches invocations with completions, in the order of completions; an
  operation of which one of these `alone?` types is left is alone. Returns
  pairs, and the invocations left over by process."
  [history alone?]
  (reduce (fn [[pairs open] op]
            (let [process (:process op)
                  before  (get open process)]
              (cond
                (op/invoke? op)
                (if before
                  (throw (IllegalArgumentException.
                           (str "process " (pr-str process) " invokes "
                                (pr-str op) " while its last operation is open: "
                                (pr-str before))))
                  [pairs (assoc open process op)])

                (and (op/info? op) (or (nil? before) alone?))
                [(conj pairs [op]) open]

                (nil? before)
                (throw (IllegalArgumentException.
                         (str "process " (pr-str process)
                              " completes what it did not invoke: "
                              (pr-str op))))

                :else
                [(conj pairs [before op]) (dissoc open process)])))
          [[] {}]
          history))

(defn pairs
  "[invocation completion] of every operation that ended :ok or :fail, and
  [info]."
  [history]
  (first (pair history true)))

(defn pairs+
  "[invocation completion] of every operation that ended, and [info] of those
  that no process invoked."
  [history]
  (first (pair history false)))

(defn- index-of-pairs
  [pairs]
  (into {} (mapcat (fn [[a b]] (if b [[a b] [b a]] [[a nil]]))) pairs))

(defn pair-index
  "From every operation to its counterpart; an info has none."
  [history]
  (index-of-pairs (pairs history)))

(defn pair-index+
  "From every operation to its counterpart, infos included."
  [history]
  (index-of-pairs (pairs+ history)))

(defn invocation
  "The invocation of an operation, by a pair index."
  [pair-index op]
  (if (op/invoke? op) op (get pair-index op)))

(defn completion
  "The completion of an operation, by a pair index."
  [pair-index op]
  (if (op/invoke? op) (get pair-index op) op))

(defn unmatched-invokes
  "Invocations without any completion."
  [history]
  (vals (second (pair history false))))

(defn crashed-invokes
  "Invocations that ended neither :ok nor :fail."
  [history]
  (let [[pairs open] (pair history false)]
    (concat (for [[invoke end] pairs :when (and end (op/info? end))] invoke)
            (vals open))))

(defn complete
  "The history with the result of every operation as its invocation's :value,
  and :fails? on the invocations of those that failed."
  [history]
  (first
    (reduce (fn [[history open] op]
              (let [process (:process op)
                    i       (get open process)]
                (cond
                  (op/invoke? op) [(conj history op)
                                   (assoc open process (count history))]
                  (nil? i)        [(conj history op) open]
                  :else
                  [(conj (case (:type op)
                           :ok   (assoc-in history [i :value] (:value op))
                           :fail (assoc-in history [i :fails?] true)
                           :info history)
                         op)
                   (dissoc open process)])))
            [[] {}]
            history)))

(defn with-synthetic-infos
  "The history with an :info at its end for every invocation without any
  completion."
  [history]
  (into (vec history)
        (map #(assoc % :type :info))
        (unmatched-invokes history)))

(defn without-failures
  "A completed history without what failed."
  [history]
  (into [] (remove #(or (op/fail? %) (:fails? %))) history))

(defn without-infos
  "The history without :info operations."
  [history]
  (into [] (remove op/info?) history))
