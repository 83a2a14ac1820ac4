"""What traders report: times, shares, queues, papers, fines seen. It stands beside the law and changes no outcome."""
