#!/usr/bin/env python3
"""demo_accounts.py PORT [SIM_PORT]: prints the addresses, the demonstration accounts of packs/demo-city, and its stories."""
import json
import pathlib
import sys

PACK = pathlib.Path(__file__).resolve().parent.parent / "packs" / "demo-city"


def main() -> int:
    port = sys.argv[1]
    residents = json.loads((PACK / "identity" / "residents.json").read_text(encoding="utf-8"))
    passwords = json.loads((PACK / "identity" / "staff_passwords.json").read_text(encoding="utf-8"))
    staff = json.loads((PACK / "org" / "staff.json").read_text(encoding="utf-8"))["staff"]
    posts = {p["id"]: p for p in json.loads((PACK / "org" / "posts.json").read_text(encoding="utf-8"))["posts"]}
    print(f"\n  群众 portal   http://127.0.0.1:{port}/")
    print(f"  工作台 desk    http://127.0.0.1:{port}/desk/")
    print(f"  核验 verify   http://127.0.0.1:{port}/verify")
    if len(sys.argv) > 2:
        print(f"  部门 switches http://127.0.0.1:{sys.argv[2]}/   (pretended departments; short messages at /sms)")
    print("")
    print(f"  residents (password {residents['demonstration_password']}), sign in by phone:")
    for person in residents["residents"]:
        print(f"    {person['phone']}  {person['name']}  {person.get('about', '')}")
    print(f"\n  staff (password {passwords['all']}), some:")
    for member in staff[:8]:
        titles = "、".join(posts[p]["title"] for p in member["posts"])
        print(f"    {member['id']:<8} {member['name']}  {titles}")
    print("\n  stories, item 亲属关系情况证明 (search qsgx):")
    for story in json.loads((PACK / "stories.json").read_text(encoding="utf-8"))["stories"]:
        print(f"    {story['key']}  {story['phone']}  {story['title']}")
        print(f"       {story['tell']}")
    print("", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
