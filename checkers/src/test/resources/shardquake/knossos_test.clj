(ns shardquake.knossos-test
  "Knossos's names and results, from Clojure."
  (:require [clojure.test :refer [deftest is testing]]
            [shardquake.knossos.competition :as competition]
            [shardquake.knossos.history :as history]
            [shardquake.knossos.linear :as linear]
            [shardquake.knossos.model :as model]
            [shardquake.knossos.op :as op]
            [shardquake.knossos.wgl :as wgl])
  (:import (shardquake.knossos.model CASRegister)))

(def algorithms
  [competition/analysis linear/analysis wgl/analysis])

(def crashed-write
  "The first example of Knossos's README."
  [{:process 0, :type :invoke, :f :read, :value nil}
   {:process 1, :type :invoke, :f :write, :value 3}
   {:process 1, :type :info, :f :write, :value 3}
   {:process 0, :type :ok, :f :read, :value 3}])

(def rethink-fail-minimal
  "The second one."
  (mapv (fn [i op] (assoc op :index i))
        (range)
        [{:type :invoke, :f :write, :value 0, :process 0}
         {:type :ok, :f :write, :value 0, :process 0}
         {:type :invoke, :f :read, :value nil, :process 1}
         {:type :invoke, :f :write, :value 4, :process 2}
         {:type :ok, :f :read, :value 3, :process 1}
         {:type :ok, :f :write, :value 4, :process 2}
         {:type :invoke, :f :read, :value nil, :process 3}
         {:type :ok, :f :read, :value 4, :process 3}]))

(deftest finds-the-crashed-write-of-the-readme-linearizable
  (doseq [analysis algorithms]
    (let [a (analysis (model/cas-register 0) crashed-write)]
      (is (true? (:valid? a)))
      (is (keyword? (:analyzer a)))
      (is (= [{:model   (model/cas-register 3)
               :last-op (peek crashed-write)
               :pending []}]
             (:configs a))))))

(deftest explains-the-failure-of-the-readme
  (doseq [analysis algorithms]
    (let [a (analysis (model/cas-register) rethink-fail-minimal)]
      (is (false? (:valid? a)))
      (is (= (nth rethink-fail-minimal 4) (:op a)))
      (is (= (nth rethink-fail-minimal 1) (:previous-ok a)))
      (is (= [{:model   (model/cas-register 0)
               :last-op (nth rethink-fail-minimal 1)
               :pending [{:type :invoke, :f :read, :value 3, :process 1, :index 2}
                         {:type :invoke, :f :write, :value 4, :process 2
                          :index 3}]}]
             (:configs a)))
      (is (= #{[{:op    (nth rethink-fail-minimal 1)
                 :model (model/cas-register 0)}
                {:op    (nth rethink-fail-minimal 4)
                 :model (model/inconsistent "can't read 3 from register 0")}]
               [{:op    (nth rethink-fail-minimal 1)
                 :model (model/cas-register 0)}
                {:op    (nth rethink-fail-minimal 5)
                 :model (model/cas-register 4)}
                {:op    (nth rethink-fail-minimal 4)
                 :model (model/inconsistent "can't read 3 from register 4")}]}
             (:final-paths a)))
      (is (string? (:why a))))))

(deftest takes-what-jepsen-passes
  (testing "records, processes of any kind, a nemesis, reads of nobody knows what"
    (let [h [(op/invoke :a :write 1)
             {:process :nemesis, :type :info, :f :start, :value nil}
             (op/invoke "b" :read nil)
             {:process :nemesis, :type :info, :f :start, :value :cut}
             (op/ok :a :write 1)
             (op/ok "b" :read nil)
             (op/invoke :a :cas [1 2])
             (op/info :a :cas [1 2])
             (op/invoke :a :read nil)
             (op/ok :a :read 2)]]
      (doseq [analysis algorithms]
        (is (true? (:valid? (analysis (model/cas-register) h)))))))
  (testing "an empty history"
    (is (true? (:valid? (competition/analysis (model/register) []))))
    (is (true? (:valid? (competition/analysis (model/register) nil)))))
  (testing "what cannot follow"
    (is (thrown-with-msg? IllegalArgumentException #"while its last operation is open"
          (competition/analysis (model/register)
                                [(op/invoke 0 :read nil) (op/invoke 0 :read nil)])))
    (is (thrown-with-msg? IllegalArgumentException #"completes what it did not invoke"
          (competition/analysis (model/register) [(op/ok 0 :read nil)])))
    (is (thrown-with-msg? IllegalArgumentException #":type is not"
          (competition/analysis (model/register) [{:process 0, :type :begin}])))))

(defn run-of
  "The history of operations one after another, each [f value]."
  [ops]
  (mapcat (fn [[f value]] [(op/invoke 0 f value) (op/ok 0 f value)]) ops))

(deftest has-knossos-models
  (doseq [[valid? model ops]
          [[true  (model/register) [[:read nil] [:write 1] [:read 1]]]
           [false (model/register) [[:write 1] [:read 2]]]
           [true  (model/cas-register 0) [[:cas [0 1]] [:read 1]]]
           [false (model/cas-register 0) [[:cas [1 2]]]]
           [true  (model/mutex) [[:acquire nil] [:release nil]]]
           [false (model/mutex) [[:acquire nil] [:acquire nil]]]
           [true  (model/multi-register {:x 0})
            [[:txn [[:read :x 0] [:write :y 2]]] [:txn [[:read :y 2]]]]]
           [false (model/multi-register {:x 0}) [[:txn [[:read :x 1]]]]]
           [true  (model/fifo-queue) [[:enqueue 1] [:enqueue 2] [:dequeue 1]]]
           [false (model/fifo-queue) [[:enqueue 1] [:enqueue 2] [:dequeue 2]]]
           [true  (model/unordered-queue)
            [[:enqueue 1] [:enqueue 2] [:dequeue 2] [:dequeue 1]]]
           [false (model/unordered-queue) [[:enqueue 1] [:dequeue 2]]]
           [true  (model/set) [[:add 1] [:add 2] [:read #{2 1}]]]
           [false (model/set) [[:add 1] [:read #{2 1}]]]
           [true  model/noop [[:anything :at-all]]]]
          analysis algorithms]
    (is (= valid? (:valid? (analysis model (run-of ops)))) (pr-str model ops))))

(deftest steps-its-models-as-knossos-does
  (is (instance? CASRegister (model/step (model/cas-register) {:f :write, :value 1})))
  (is (model/inconsistent? (model/step (model/mutex) {:f :release})))
  (is (= "can't read 3 from register 0"
         (:msg (model/step (model/register 0) {:f :read, :value 3})))))

(deftest lets-a-crashed-dequeue-take-anything
  (let [h [(op/invoke 0 :enqueue :a) (op/ok 0 :enqueue :a)
           (op/invoke 0 :enqueue :b) (op/ok 0 :enqueue :b)
           (op/invoke 1 :dequeue nil) (op/info 1 :dequeue nil)
           (op/invoke 2 :dequeue nil) (op/ok 2 :dequeue :b)]]
    (is (true? (:valid? (competition/analysis (model/fifo-queue) h))))
    (is (true? (:valid? (competition/analysis (model/unordered-queue) h))))
    (is (seq (:configs (competition/analysis (model/fifo-queue) h))))))

(defrecord Counter [n]
  model/Model
  (step [_ op]
    (case (:f op)
      :increment (->Counter (+ n (:value op)))
      :read      (if (or (nil? (:value op)) (= n (:value op)))
                   (->Counter n)
                   (model/inconsistent (str "read " (:value op) " of " n))))))

(defn increments
  "Concurrent increments by 1 and 2, of which the one by 2 crashed, then a read."
  [sum]
  [(op/invoke 0 :increment 1)
   (op/invoke 1 :increment 2)
   (op/ok 0 :increment 1)
   (op/info 1 :increment 2)
   (op/invoke 2 :read nil)
   (op/ok 2 :read sum)])

(deftest runs-a-model-written-in-clojure
  (doseq [analysis algorithms
          model    [(->Counter 0)
                    (model/fn-model
                      (fn [n op]
                        (if (= :increment (:f op))
                          (+ n (:value op))
                          (if (= n (:value op))
                            n
                            (model/inconsistent
                              (str "read " (:value op) " of " n)))))
                      0)]]
    (is (true? (:valid? (analysis model (increments 1)))))
    (is (true? (:valid? (analysis model (increments 3)))))
    (let [a (analysis model (increments 2))]
      (is (false? (:valid? a)))
      (is (= (op/ok 2 :read 2) (:op a)))
      (is (= #{"read 2 of 1" "read 2 of 3"}
             (set (map (comp :msg :model peek) (:final-paths a))))))))

(definterface ForeignModel
  (step [op]))

(defrecord MadeForKnossos [value]
  ForeignModel
  (step [this op]
    (if (= :write (:f op))
      (MadeForKnossos. (:value op))
      this)))

(deftest runs-a-model-that-was-made-for-knossos
  (is (true? (:valid? (competition/analysis (->MadeForKnossos nil)
                                            (run-of [[:write 1] [:read 1]]))))))

(deftest tells-a-failing-model-from-a-failing-history
  (let [a (competition/analysis (->Counter 0) (run-of [[:decrement 1]]))]
    (is (= :unknown (:valid? a)))
    (is (re-find #"No matching clause: :decrement" (:cause a)))))

(deftest honours-the-time-limit
  (testing "on increments of which every subset has a sum of its own"
    (let [h (concat (for [i (range 40)] (op/invoke i :increment (bit-shift-left 1 i)))
                    (for [i (range 40)] (op/ok i :increment (bit-shift-left 1 i)))
                    [(op/invoke 0 :read nil) (op/ok 0 :read -1)])
          a (competition/analysis (->Counter 0) h {:time-limit 200})]
      (is (= :unknown (:valid? a)))
      (is (= :timeout (:cause a))))))

(deftest knows-histories
  (let [h (history/index crashed-write)]
    (is (= #{0 1} (history/processes h)))
    (is (= [:nemesis 1 2] (history/sort-processes [2 :nemesis 1])))
    (is (= [[(h 2)] [(h 0) (h 3)]] (history/pairs h)))
    (is (= [[(h 1) (h 2)] [(h 0) (h 3)]] (history/pairs+ h)))
    (is (= (h 3) (history/completion (history/pair-index h) (h 0))))
    (is (= (h 0) (history/invocation (history/pair-index h) (h 3))))
    (is (nil? (get (history/pair-index h) (h 2))))
    (is (= (h 1) (get (history/pair-index+ h) (h 2))))
    (is (= 3 (:value (first (history/complete h)))))
    (is (= [(h 1)] (history/crashed-invokes h)))
    (is (empty? (history/unmatched-invokes h)))
    (is (= [(h 0) (assoc (h 0) :type :info)]
           (history/with-synthetic-infos [(h 0)])))
    (is (= 3 (count (history/without-infos h))))
    (is (= [] (history/without-failures
                (history/complete [(op/invoke 0 :write 1) (op/fail 0 :write 1)]))))))
