"""The graph rules of Backcast with networkx, as one would write them in an afternoon: a yardstick for `speed`.

Reads {"touchpoints": [...], "links": [...]} from standard input, prints the median time of three runs. The rules:
destination-unreached, stops-short, dead-end, orphan-driver, unreachable-loop, separate-islands,
single-point-of-failure.
"""

import json
import statistics
import sys
import time

import networkx as nx


def reach(graph, starts, mark):
    """Everything that these lead to, by one walk from a node in front of them all."""
    graph.add_node(mark)
    graph.add_edges_from((mark, start) for start in starts)
    seen = set(nx.descendants(graph, mark))
    graph.remove_node(mark)
    return seen


def assess(touchpoints, links):
    graph = nx.DiGraph()
    graph.add_nodes_from(row["id"] for row in touchpoints)
    graph.add_edges_from((start, end) for start, end in links if start != end)
    destinations = {row["id"] for row in touchpoints if row["destination"]}
    ultimate = {row["id"] for row in touchpoints if row["ultimate"]}
    entries = {row["id"] for row in touchpoints if row["entry"]}
    gaps = []
    reached = reach(graph, entries, "\0in")
    back = graph.reverse(copy=True)
    on = reach(back, destinations, "\0out")
    home = reach(back, ultimate, "\0home")
    gaps += [("destination-unreached", node) for node in destinations - reached]
    gaps += [("stops-short", node) for node in destinations - home]
    gaps += [
        ("orphan-driver", node)
        for node in graph
        if node not in destinations and node not in entries and graph.in_degree(node) == 0
    ]
    circles = nx.condensation(graph)
    for circle in circles:
        members = circles.nodes[circle]["members"]
        if circles.out_degree(circle) == 0 and not members & on:
            gaps.append(("dead-end", tuple(sorted(members))))
        if circles.in_degree(circle) == 0 and len(members) > 1 and not members & (entries | destinations):
            gaps.append(("unreachable-loop", tuple(sorted(members))))
    islands = sorted(nx.weakly_connected_components(graph), key=len)
    if len(islands) > 1:
        gaps.append(("separate-islands", sum(map(len, islands[:-1]))))
    leading = entries & home
    if len(leading) > 1:
        graph.add_edges_from(("\0in", entry) for entry in entries)
        graph.add_edges_from((end, "\0out") for end in ultimate)
        dominators = nx.immediate_dominators(graph, "\0in")
        node = dominators.get("\0out")
        while node is not None and node != "\0in":
            if node not in entries and node not in ultimate:
                gaps.append(("single-point-of-failure", node))
            node = dominators.get(node)
    return gaps


def main():
    data = json.load(sys.stdin)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        gaps = assess(data["touchpoints"], data["links"])
        times.append(time.perf_counter() - start)
    counts = f"{len(data['touchpoints']):>6} touchpoints, {len(data['links']):>6} links"
    print(f"  {counts}, networkx:   {statistics.median(times) * 1000:9.3f} ms ({len(gaps)} gaps)")


main()
