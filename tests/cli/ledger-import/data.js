window.BENCHMARK_DATA = {
  "lastUpdate": 1767436200000,
  "repoUrl": "https://git.example.org/shop",
  "entries": {
    "Benchmark": [
      {
        "commit": {
          "author": {"name": "A", "username": "a"},
          "id": "1111111111111111111111111111111111111111",
          "message": "first; with a brace {",
          "timestamp": "2026-01-03T10:00:00+01:00",
          "tree_id": "2222222222222222222222222222222222222222",
          "url": "https://git.example.org/shop/commit/1111111111111111111111111111111111111111"
        },
        "date": 1767430800123,
        "tool": "cargo",
        "benches": [
          {"name": "parse/large file", "value": 1338600, "range": "± 1200", "unit": "ns/iter"},
          {"name": "parse/small", "value": 12.75, "unit": "ns/iter"}
        ]
      },
      {
        "commit": {"id": "abc1234", "timestamp": "2026-01-03T11:00:00+01:00"},
        "date": 1767434400000,
        "tool": "cargo",
        "benches": [{"name": "parse/small", "value": 13, "unit": "ns/iter"}]
      }
    ]
  }
};
