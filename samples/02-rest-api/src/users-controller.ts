import {
  Body,
  Controller,
  created,
  Delete,
  Get,
  noContent,
  notFound,
  Param,
  Patch,
  Post,
  Query,
  Returns,
  Status,
} from '@sluice/core';
import { CreateUser } from './create-user';
import { ListUsers } from './list-users';
import { PatchUser } from './patch-user';
import { UserStore } from './user-store';
import { UserList, UserView } from './user-view';

@Controller('/users')
export class UsersController {
  constructor(private readonly users: UserStore) {}

  @Post()
  @Status(201)
  @Returns(UserView)
  create(@Body() user: CreateUser) {
    const record = this.users.add(user);
    return created(record, { location: `/users/${record.id}` });
  }

  @Get('/:id')
  @Returns(UserView)
  show(@Param('id', { type: 'integer' }) id: number) {
    return this.users.find(id) ?? userNotFound();
  }

  @Get()
  @Returns(UserList)
  list(@Query() filter: ListUsers) {
    return this.users.list(filter);
  }

  @Patch('/:id')
  @Returns(UserView)
  change(@Param('id', { type: 'integer' }) id: number, @Body() changes: PatchUser) {
    return this.users.change(id, changes) ?? userNotFound();
  }

  @Delete('/:id')
  @Status(204)
  delete(@Param('id', { type: 'integer' }) id: number) {
    return this.users.delete(id) ? noContent() : userNotFound();
  }
}

function userNotFound() {
  return notFound({ detail: 'No user has this id.' });
}
