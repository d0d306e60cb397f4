"""Commands that read: export, verify, rebuild, show, follow, report, replay and demo."""
